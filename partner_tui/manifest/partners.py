"""The community partners that are known by id, and where their manifests lie (domain.md, section 1)."""

from __future__ import annotations

from dataclasses import dataclass

from partner_tui.addresses.forge import clone_url


@dataclass(frozen=True, slots=True)
class KnownPartner:
    """A partner's repository on GitHub.

    Attributes:
        id: The partner's id.
        slug: "owner/name".
        branch: The branch that the central repository reads.
        manifest: The manifest's file name at the root.
    """

    id: str
    slug: str
    branch: str
    manifest: str

    @property
    def url(self) -> str:
        """What to clone."""
        return clone_url(self.slug)


KNOWN_PARTNERS = (
    KnownPartner("bioimageio", "bioimage-io/bioimage-io-resources", "main", "collection.bioimage.io.yaml"),
    KnownPartner("zero", "HenriquesLab/ZeroCostDL4Mic", "master", "manifest.bioimage.io.yaml"),
    KnownPartner("deepimagej", "deepimagej/models", "master", "manifest.bioimage.io.yaml"),
    KnownPartner("fiji", "bioimage-io/fiji-bioimage-io", "master", "manifest.bioimage.io.yaml"),
    KnownPartner("imjoy", "imjoy-team/bioimage-io-resources", "master", "collection.bioimage.io.yaml"),
    KnownPartner("ilastik", "ilastik/bioimage-io-resources", "main", "collection.yaml"),
    KnownPartner("hpa", "CellProfiling/HPA-model-zoo", "master", "manifest.bioimage.io.yaml"),
    KnownPartner("icy", "Icy-imaging/icy-bioimage-io", "main", "collection.yaml"),
    KnownPartner("qupath", "qupath/qupath-bioimage-io", "main", "collection.yaml"),
    KnownPartner("stardist", "stardist/stardist-bioimage-io", "main", "collection.yaml"),
    KnownPartner("biapy", "BiaPyX/BiaPy-bioimage-io", "main", "collection.yaml"),
    KnownPartner("dl4miceverywhere", "HenriquesLab/DL4MicEverywhere-bioimage-io", "main", "collection.yaml"),
)


def known_partner(partner_id: str) -> KnownPartner | None:
    """The known partner with an id, in any case; None if there is none."""
    wanted = partner_id.strip().lower()
    return next((partner for partner in KNOWN_PARTNERS if partner.id == wanted), None)


_OF_ANOTHER_PARTNER = {"stardist": "bioimageio/stardist", "qupath": "bioimageio/qupath"}


def keyword(partner_id: str) -> str:
    """The link by which today's site knows a partner's resources."""
    return _OF_ANOTHER_PARTNER.get(partner_id, f"{partner_id}/{partner_id}")


def public_link(link: str, partner_id: str) -> str:
    """A link as the central CI spells it: without a slash it is one of the partner's own."""
    return link if "/" in link or not partner_id else f"{partner_id}/{link}"
