"""The types of resources, in one list: what manifests, the spec, the site and the forms know of each."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ResourceType:
    """One type.

    Attributes:
        name: As entries write it.
        has_tab: Whether the classic site has a tab for it, and early manifests a list of its name.
        has_format: Whether the spec describes it; an entry of any other type is a generic resource.
        asked: Whether it is offered for an entry that does not say its type.
    """

    name: str
    has_tab: bool = True
    has_format: bool = True
    asked: bool = True


RESOURCE_TYPES = (
    ResourceType("model", asked=False),
    ResourceType("application"),
    ResourceType("notebook"),
    ResourceType("dataset"),
    ResourceType("workflow", has_format=False, asked=False),
    ResourceType("generic", has_tab=False, has_format=False),
)
"""In the order of the site's tabs; `workflow` came with the early grouped manifests."""

TYPE_NAMES = tuple(one.name for one in RESOURCE_TYPES)
TABS = tuple(one.name for one in RESOURCE_TYPES if one.has_tab)
GROUPS = TABS
"""Lists of entries at the root of early manifests."""
WITH_FORMAT = frozenset(one.name for one in RESOURCE_TYPES if one.has_format)
SITE_TYPES = tuple(name for name in TABS if name in WITH_FORMAT)
"""The types that both today's site and the classic one list."""
ASKED = tuple(one.name for one in RESOURCE_TYPES if one.asked)
