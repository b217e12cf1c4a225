"""Plausible manifests of any size, the same for the same seed: nothing here is taken from a real partner."""

from __future__ import annotations

import random
from collections.abc import Iterator

_WORDS = (
    "nuclei",
    "membrane",
    "organelle",
    "yeast",
    "mouse",
    "embryo",
    "brain",
    "retina",
    "light-sheet",
    "confocal",
    "widefield",
    "electron",
    "denoising",
    "segmentation",
    "tracking",
    "restoration",
    "registration",
    "detection",
    "stacks",
    "volumes",
    "frames",
    "annotated",
    "sparse",
    "dense",
)
_TYPES = ("dataset", "application", "notebook", "dataset")
_LICENSES = ("CC-BY-4.0", "MIT", "CC0-1.0", "BSD-3-Clause")


def manifest(entries: int, seed: int = 1) -> str:
    """A manifest of the dialect with one `collection`, about 30 lines an entry.

    Most entries are valid and outdated, every seventh misses a field, every eleventh has a comment.
    """
    chance = random.Random(seed)
    return "".join(_lines(entries, chance))


def entry_id(index: int) -> str:
    """The id of an entry; ids of the first ones are in the first rows of a table in file order."""
    return f"entry-{index:05d}"


def rows(entries: int, seed: int = 1) -> list[tuple[str, str, str, str, str, str]]:
    """What a table shows of each entry: id, name, type, format, status, number of findings."""
    chance = random.Random(seed)
    return [
        (entry_id(index), _name(chance, index), _TYPES[index % 4], "0.2.3", "outdated", str(index % 3))
        for index in range(entries)
    ]


def _lines(entries: int, chance: random.Random) -> Iterator[str]:
    yield (
        "name: Benchmark Partner\n"
        "description: Entries for measuring\n"
        "format_version: 0.2.3\n"
        "type: collection\n"
        "config:\n"
        "  id: bench\n"
        "  name: Bench\n"
        "  tags: [segmentation, benchmark]\n"
        "  splash_title: Bench\n"
        "  splash_subtitle: Entries for measuring\n"
        "  resource_types: [application, dataset, notebook]\n"
        "  default_type: dataset\n"
        "collection:\n"
    )
    for index in range(entries):
        yield from _entry(index, chance)


def _entry(index: int, chance: random.Random) -> Iterator[str]:
    kind = _TYPES[index % 4]
    if index % 11 == 10:
        yield "  # to be replaced by a better one\n"
    yield f"  - id: {entry_id(index)}\n"
    yield f"    type: {kind}\n"
    yield f"    name: {_name(chance, index)}\n"
    yield "    format_version: 0.2.3\n"
    if index % 7 != 6:
        yield f"    description: >-\n      {_sentence(chance, 12)}\n      {_sentence(chance, 9)}\n"
    yield f"    license: {chance.choice(_LICENSES)}\n"
    yield "    authors:\n"
    for number in range(1 + index % 3):
        yield f"      - name: {_sentence(chance, 1)} {_sentence(chance, 1)}\n"
        yield f"        affiliation: Institute {number}\n"
    yield "    tags:\n"
    for word in chance.sample(_WORDS, 5):
        yield f"      - {word}\n"
    yield f'    documentation: "https://example.org/{kind}/{index}/README.md"\n'
    yield f"    covers:\n      - https://example.org/{kind}/{index}/cover.png\n"
    yield f"    git_repo: https://example.org/git/{index}\n"
    yield "    cite:\n"
    yield f"      - text: {_sentence(chance, 6)}\n"
    yield f"        doi: 10.5281/zenodo.{chance.randrange(10**6, 10**7)}\n"
    yield "    badges:\n"
    yield f"      - {{label: Open, icon: https://example.org/badge.svg, url: https://example.org/{index}}}\n"
    yield f"    source: https://example.org/{kind}/{index}\n"
    if kind == "notebook":
        yield f"    download_url: https://example.org/{index}.ipynb\n"
    yield "\n"


def _name(chance: random.Random, index: int) -> str:
    return f"{_sentence(chance, 3)} {index}"


def _sentence(chance: random.Random, words: int) -> str:
    return " ".join(chance.choice(_WORDS) for _ in range(words)).capitalize()
