import pytest

from partner_tui.errors import ManifestParseError
from partner_tui.manifest.text.document import Document
from partner_tui.manifest.text.parse_context import context_lines


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a: b: c\n", ["1 │ a: b: c", "  │     ▲", "2 │ "]),
        (
            "\n" * 8 + "a: 1\nb: c: d\ne: 2\n",
            [" 9 │ a: 1", "10 │ b: c: d", "   │     ▲", "11 │ e: 2"],
        ),
        ("a: \x1b[31m\n", ["1 │ a: ␛[31m", "  │    ▲", "2 │ "]),
        ("a:\n\tb: 1\n", ["1 │ a:", "2 │     b: 1", "  │ ▲", "3 │ "]),
    ],
)
def test_the_mark_stands_below_the_place(text: str, shown: list[str]) -> None:
    with pytest.raises(ManifestParseError) as caught:
        Document.parse(text, "c.yaml")
    assert [line.gutter + line.text for line in context_lines(caught.value)] == shown


def test_without_a_place_there_are_no_lines() -> None:
    assert list(context_lines(ManifestParseError("It is too large.", kind="size"))) == []
