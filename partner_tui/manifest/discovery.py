"""Which files at the root of a repository may be its manifest, by name alone."""

from __future__ import annotations

from collections.abc import Iterable

KNOWN_NAMES = (
    "collection.bioimage.io.yaml",
    "manifest.bioimage.io.yaml",
    "collection.yaml",
    "collection.yml",
    "collection.bioimage.io.yml",
    "manifest.bioimage.io.yml",
    "bioimageio.collection.yaml",
    "bioimage.io.yaml",
    "manifest.yaml",
    "manifest.yml",
    "rdf.yaml",
)


def find_manifests(names: Iterable[str]) -> tuple[str, ...]:
    """The names that manifests are known to have, best first.

    Args:
        names: File names at the root of the repository; others (with a slash) are left out.
    """
    there = {name for name in names if "/" not in name and "\\" not in name}
    exact = [name for name in KNOWN_NAMES if name in there]
    lowered = {name: name.lower() for name in sorted(there.difference(exact))}
    return (*exact, *(name for known in KNOWN_NAMES for name, low in lowered.items() if low == known))
