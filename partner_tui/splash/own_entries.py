"""What there is to say of the partner's own entries: how many there are of each type, and which of them a tag selects.

Tags match exactly, as on both sites; a visitor sees the entries that have all of the chosen ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from partner_tui.manifest.resource_types import TABS
from partner_tui.plain import plural
from partner_tui.splash.card import texts
from partner_tui.splash.fields import FieldKind, SplashField
from partner_tui.splash.form import FormState
from partner_tui.splash.share_links import Listed
from partner_tui.splash.tag_categories import CATEGORY_OF, TAG_CATEGORIES


@dataclass(frozen=True)
class TagChoice:
    """A tag that can be chosen.

    Attributes:
        count: How many of the partner's entries have it.
        category: The spec's category; "" for a tag of none.
    """

    tag: str
    count: int
    category: str = ""


@dataclass(frozen=True)
class OwnEntries:
    """The entries of a manifest, counted.

    Args:
        entries: As the sites list them.
    """

    entries: tuple[Listed, ...] = ()

    @cached_property
    def by_type(self) -> Mapping[str, int]:
        return Counter(one.type for one in self.entries)

    @cached_property
    def by_tag(self) -> Mapping[str, int]:
        """Every tag of the entries, the most frequent first; a tag that an entry has twice counts once."""
        counts = Counter(tag for one in self.entries for tag in dict.fromkeys(one.tags))
        return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].casefold())))

    def with_tags(self, tags: Iterable[str]) -> tuple[Listed, ...]:
        """The entries that have all of these tags."""
        wanted = set(tags)
        return tuple(one for one in self.entries if wanted <= set(one.tags))

    def choices(self, chosen: Iterable[str], words: str = "") -> Mapping[str, tuple[TagChoice, ...]]:
        """The tags that can be chosen, each once, under their headings: the chosen ones in their order, those of the
        entries, and the spec's by category.

        Args:
            words: A text that the tag or its category has to contain, in any case.
        """
        first = tuple(dict.fromkeys(chosen))
        spec = {f"{name}  (spec)": tags for name, tags in TAG_CATEGORIES.items()}
        groups: Mapping[str, Iterable[str]] = {"Chosen": first, "Tags of your entries": self.by_tag, **spec}
        seen: set[str] = set()
        found: dict[str, tuple[TagChoice, ...]] = {}
        for heading, tags in groups.items():
            new = [tag for tag in tags if tag not in seen and _contains(tag, words)]
            seen.update(tags)
            if new:
                found[heading] = tuple(
                    TagChoice(tag, self.by_tag.get(tag, 0), CATEGORY_OF.get(tag, "")) for tag in new
                )
        return found


def entries_note(field: SplashField, values: FormState, own: OwnEntries) -> str:
    """What the entries have to do with a field's value, in a sentence; "" for nothing.

    Args:
        values: What the form holds.
    """
    match field.kind:
        case FieldKind.TAGS:
            return _tags_note(texts(values[field.key]), own)
        case FieldKind.RESOURCE_TYPES:
            return _types_note(texts(values[field.key]), own)
    return ""


def _tags_note(tags: Sequence[str], own: OwnEntries) -> str:
    if not tags or not own.entries:
        return ""
    which = "This tag selects" if len(set(tags)) == 1 else "All of these tags together select"
    return f"{which} {len(own.with_tags(tags))} of {plural(len(own.entries), 'entry')}."


def _types_note(chosen: Sequence[str], own: OwnEntries) -> str:
    hidden = {name: own.by_type[name] for name in TABS if name not in chosen and own.by_type.get(name)}
    listed = ", ".join(plural(count, f"{name} entry") for name, count in hidden.items())
    return f"Without a tab: {listed}." if listed else ""


def _contains(tag: str, words: str) -> bool:
    wanted = words.strip().casefold()
    return wanted in tag.casefold() or wanted in CATEGORY_OF.get(tag, "")
