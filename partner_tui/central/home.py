"""Where the central CI read a manifest: whose it is, and what its relative paths are below."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from partner_tui.addresses.forge import file_on_forge, raw_url
from partner_tui.manifest.files import CloneFiles, WrappedFiles
from partner_tui.manifest.partner import Partner
from partner_tui.manifest.partners import KNOWN_PARTNERS, known_partner
from partner_tui.manifest.sources import Missing, fetched_text, missing, place


@dataclass(frozen=True, slots=True)
class Home:
    """A partner's repository, as the central repository knows it.

    Attributes:
        partner_id: The id that item ids begin with; "" where nothing says it.
        slug: "owner/name" on GitHub; None for a repository that is on no forge.
        slugs: All names by which URLs may call the repository, in lower case.
    """

    partner_id: str
    slug: str | None
    branch: str | None
    manifest_name: str
    slugs: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        """What relative paths are below; "" where it is not known."""
        return raw_url(self.slug, self.branch) if self.slug and self.branch else ""

    def public_id(self, entry_id: str) -> str:
        """`<partner>/<entry>`; the entry's alone where nobody says whose it is."""
        return f"{self.partner_id}/{entry_id}" if self.partner_id else entry_id

    @property
    def partner(self) -> dict[str, Any]:
        """The partner's object as it was configured centrally, before the manifest's config is laid over it."""
        given = {
            "id": self.partner_id,
            "repository": self.slug,
            "branch": self.branch,
            "collection_file_name": self.manifest_name,
        }
        return {name: value for name, value in given.items() if value}


def home_of(root: dict[str, Any], files: CloneFiles, manifest_name: str, branch: str | None = None) -> Home:
    """The home of a manifest: that of a known partner, else the clone's.

    Args:
        branch: The clone's default branch.
    """
    config = root.get("config")
    partner = Partner(config if isinstance(config, dict) else {})
    own_id = root.get("id")
    said = partner.id or (own_id if isinstance(own_id, str) else "")
    known = next(
        (one for one in KNOWN_PARTNERS if files.slug and one.slug.lower() == files.slug.lower()), None
    )
    known = known or known_partner(said)
    on_forge = file_on_forge(f"{partner.text('url_root').rstrip('/')}/-")
    names = (files.slug, known.slug if known else None, on_forge[0] if on_forge else None)
    slugs = tuple(dict.fromkeys(name.lower() for name in names if name))
    if known:
        return Home(known.id, known.slug, known.branch, known.manifest, slugs)
    return Home(said, files.slug, branch, manifest_name, slugs)


def source_text(reference: str, home: Home, files: CloneFiles) -> tuple[str, str | None] | Missing:
    """The text behind an `rdf_source` or a plugin's address, and its path in the clone; or why there is none.

    A file of the clone may be called by any name of its repository; one of elsewhere is read once it was fetched.
    """
    for named in _named(home, files):
        path = place(reference, named)
        text = named.read_text(path) if path else None
        if text is not None:
            return text, path
    text = fetched_text(reference, files)
    if text is not None:
        return text, None
    return missing(reference, files)


def _named(home: Home, files: CloneFiles) -> Iterator[CloneFiles]:
    yield files
    for slug in home.slugs:
        if slug != (files.slug or "").lower():
            yield WrappedFiles(files, slug)
