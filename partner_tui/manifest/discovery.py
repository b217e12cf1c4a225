"""Finds the files of a repository that may be its manifest, by name alone."""

from __future__ import annotations

from collections.abc import Iterable
from posixpath import basename

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


_OF_ONE_RESOURCE = ("manifest.yaml", "manifest.yml", "rdf.yaml")
"""Below the root these belong to something else: every model folder has an rdf.yaml."""


def find_manifests_anywhere(paths: Iterable[str]) -> tuple[str, ...]:
    """The same for whole paths: those at the root, then those in folders, nearest first; `rdf.yaml` comes last.

    Args:
        paths: From the root, POSIX.
    """
    paths = tuple(dict.fromkeys(paths))
    below = [
        path
        for path in paths
        if "/" in path
        and (found := find_manifests([basename(path)]))
        and found[0].lower() not in _OF_ONE_RESOURCE
    ]
    below.sort(key=lambda path: (path.count("/"), path))
    at_root = find_manifests(paths)
    rdfs = tuple(name for name in at_root if name.lower() == "rdf.yaml")
    return (*(name for name in at_root if name not in rdfs), *below, *rdfs)
