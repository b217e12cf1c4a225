"""Selects the entries of an action: those that can be upgraded, those whose RDF was not read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from partner_tui.compliance.status import EntryCheck, Status

Checks = Mapping[int, EntryCheck]
"""What is known of entries, by index; those that are not checked yet are missing."""


def behind(entries: Iterable[int], checks: Checks) -> Iterator[int]:
    """The entries that are not known to be of the latest format."""
    return (index for index in entries if index not in checks or checks[index].status is not Status.LATEST)


def upgradable(entries: Iterable[int], checks: Checks) -> Iterator[int]:
    """The entries that are known to be outdated or invalid."""
    return (
        index
        for index in entries
        if index in checks and checks[index].status in (Status.OUTDATED, Status.INVALID)
    )


def without_rdf(entries: Iterable[int], checks: Checks) -> Iterator[int]:
    """Entries whose RDF was not read, also those of an invalid entry that names it by `source`."""
    return (index for index in entries if index in checks and checks[index].lacks_rdf)
