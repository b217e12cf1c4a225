"""Every field of `config`, described once: the form is made from this tuple, and `partner-tui set` looks fields up in it.

A field that is not listed here is kept in the manifest as it is; it has no row in the form.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class FieldKind(StrEnum):
    """The shape of a field's value, which decides how it is edited."""

    ID = "id"  # one word, used in URLs
    TEXT = "text"  # one line
    LONG_TEXT = "long text"  # a sentence; wraps on the site
    URL = "url"
    URL_OR_EMOJI = "url or emoji"
    PICTURE = "picture"  # a URL, a path in the clone, or a path of the site
    TEXTS = "list of text"
    TAGS = "tags"
    RESOURCE_TYPES = "resource types"  # several of RESOURCE_TYPES, in the order of the tabs
    DEFAULT_TYPE = "default type"  # one of the chosen resource types, or "all"
    CONTACTS = "contacts"  # mappings with name, email, github, affiliation


LIST_KINDS = frozenset({FieldKind.TEXTS, FieldKind.TAGS, FieldKind.RESOURCE_TYPES, FieldKind.CONTACTS})
PICTURE_KINDS = frozenset({FieldKind.URL_OR_EMOJI, FieldKind.PICTURE})


class FieldGroup(StrEnum):
    """The sections of the form, in the order in which they are shown."""

    IDENTITY = "Identity"
    SPLASH = "Splash"
    RESOURCES = "Resources"
    LINKS = "Links"


@dataclass(frozen=True, slots=True)
class SplashField:
    """One field of `config`.

    Args:
        key: Its name in the manifest.
        label: Its name in the form.
        help: One or two sentences: where the site shows it.
        fits: How many characters fit where it is shown; None where the length does not matter.
        example: What a filled field looks like; shown as the form's placeholder.
    """

    key: str
    label: str
    kind: FieldKind
    group: FieldGroup
    help: str
    fits: int | None = None
    example: str = ""

    @property
    def is_list(self) -> bool:
        """True where the value is a YAML list."""
        return self.kind in LIST_KINDS


#: The default type that shows every tab's resources together.
ALL_TYPES = "all"

#: The keys of one contact, in the order in which the form asks for them.
CONTACT_KEYS = ("name", "email", "github", "affiliation")

#: The order is the form's. The lengths are what fits on one line of a 1280 px wide page at the site's sizes;
#: a longer text wraps, it is never cut off.
SPLASH_FIELDS: tuple[SplashField, ...] = (
    SplashField(
        "id",
        "Id",
        FieldKind.ID,
        FieldGroup.IDENTITY,
        "Part of every URL (?partner=<id>) and of each entry's public id. Changing it breaks the links "
        "that people have shared.",
        fits=30,
        example="my-partner",
    ),
    SplashField(
        "name",
        "Name",
        FieldKind.TEXT,
        FieldGroup.IDENTITY,
        "Beside BioImage.IO in the bar at the top of the splash, and in the current partner strip.",
        fits=30,
        example="My Partner",
    ),
    SplashField(
        "tags",
        "Tags",
        FieldKind.TAGS,
        FieldGroup.IDENTITY,
        "Fill the search box when a visitor chooses this partner on the classic site: only resources with all of "
        "these tags are listed.",
        fits=30,
        example="my-partner",
    ),
    SplashField(
        "logo",
        "Logo",
        FieldKind.URL_OR_EMOJI,
        FieldGroup.IDENTITY,
        "In the strip of partners under the classic splash. The URL of a picture, or one emoji.",
        example="https://raw.githubusercontent.com/<owner>/<name>/main/logo.png",
    ),
    SplashField(
        "icon",
        "Icon",
        FieldKind.URL_OR_EMOJI,
        FieldGroup.IDENTITY,
        "48 x 48 px in the current partner strip. An emoji cannot be shown there: the default icon is shown "
        "instead.",
        example="https://raw.githubusercontent.com/<owner>/<name>/main/icon.png",
    ),
    SplashField(
        "splash_title",
        "Title",
        FieldKind.TEXT,
        FieldGroup.SPLASH,
        "The large white line in the middle of the splash.",
        fits=36,
        example="My Partner",
    ),
    SplashField(
        "splash_subtitle",
        "Subtitle",
        FieldKind.LONG_TEXT,
        FieldGroup.SPLASH,
        "The second line of the splash; on the current site, the tooltip of the partner's icon.",
        fits=80,
        example="One sentence about your models and data",
    ),
    SplashField(
        "splash_feature_list",
        "Features",
        FieldKind.TEXTS,
        FieldGroup.SPLASH,
        "Bullets under the subtitle. Hidden where the window is 700 px high or lower; use three or four.",
        fits=90,
        example="What makes them worth using",
    ),
    SplashField(
        "explore_button_text",
        "Explore button",
        FieldKind.TEXT,
        FieldGroup.SPLASH,
        "On the white button that leads from the splash to the resources.",
        fits=24,
        example="Start Exploring",
    ),
    SplashField(
        "background_image",
        "Background",
        FieldKind.PICTURE,
        FieldGroup.SPLASH,
        "At the bottom right of the splash, up to 55% of its width and 30% of its height. A path such as "
        "static/img/zoo-background.svg belongs to the site, not to this repository.",
        example="static/img/zoo-background.svg",
    ),
    SplashField(
        "resource_types",
        "Resource types",
        FieldKind.RESOURCE_TYPES,
        FieldGroup.RESOURCES,
        "The tabs above the resources. The classic page does not load without it.",
        example="model, application",
    ),
    SplashField(
        "default_type",
        "Default type",
        FieldKind.DEFAULT_TYPE,
        FieldGroup.RESOURCES,
        "The tab that is open at first; one of the resource types, or all.",
        example="model",
    ),
    SplashField(
        "url_root",
        "URL root",
        FieldKind.URL,
        FieldGroup.RESOURCES,
        "The URL of the repository's files: relative paths of the entries are taken from there.",
        example="https://raw.githubusercontent.com/<owner>/<name>/main",
    ),
    SplashField(
        "version",
        "Version",
        FieldKind.TEXT,
        FieldGroup.RESOURCES,
        "The collection's own version. The site does not show it.",
        fits=20,
        example="0.1.0",
    ),
    SplashField(
        "docs",
        "Documentation",
        FieldKind.URL,
        FieldGroup.LINKS,
        "Behind “Read more” in the current partner strip.",
        example="https://<your site>/docs",
    ),
    SplashField(
        "about_url",
        "About",
        FieldKind.URL,
        FieldGroup.LINKS,
        "Behind the About button of the classic splash: a page, or the raw URL of a Markdown file. Without it "
        "there is no such button.",
        example="https://<your site>",
    ),
    SplashField(
        "contact",
        "Contacts",
        FieldKind.CONTACTS,
        FieldGroup.LINKS,
        "Contacts for the BioImage.IO team when something breaks. The site does not show it.",
    ),
)

_BY_KEY = {field.key: field for field in SPLASH_FIELDS}


def field(key: str) -> SplashField | None:
    """The field with this key; None for a key that the site does not know."""
    return _BY_KEY.get(key)


def grouped_fields() -> Iterator[tuple[FieldGroup, tuple[SplashField, ...]]]:
    """The groups in the form's order, each with its fields."""
    for group in FieldGroup:
        yield group, tuple(field for field in SPLASH_FIELDS if field.group is group)
