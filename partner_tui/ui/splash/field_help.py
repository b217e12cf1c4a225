"""The form's message area: always in the same place, so that nothing moves while a text is typed."""

from __future__ import annotations

from collections.abc import Mapping

from textual.content import Content
from textual.widgets import Static

from partner_tui.compliance.finding import Severity
from partner_tui.plain import visible
from partner_tui.splash.fields import SPLASH_FIELDS, SplashField
from partner_tui.splash.notices import Notice, Notices
from partner_tui.ui.splash.fields.row import GLYPHS
from partner_tui.ui.themes import SEVERITY_STYLES


class FieldHelp(Static):
    """What there is to say of the field that has the focus: its notices, else what it is for."""

    DEFAULT_CSS = """
    FieldHelp {
        height: 4; padding: 0 1; border-top: solid $border-blurred 50%;
        color: $foreground 65%;
        &.-plain { padding-left: 3; }
    }
    """

    def show(self, field: SplashField | None, notices: Mapping[str, Notices], said: str = "") -> None:
        """Show it.

        Args:
            said: What there is to say besides, of the entries or the page.
        """
        if field is None:
            self.remove_class("-plain")
            self.update(_summary(notices), layout=False)
            return
        lines = [
            Content.assemble(
                (f"{GLYPHS[severity]} ", SEVERITY_STYLES[severity]),
                (_place(field, notice) + visible(notice.text, 200), "$foreground"),
                (f"  {visible(notice.hint, 200)}", "$foreground 65%"),
            )
            for notice in notices.get(field.key, ())
            for severity in (Severity(notice.severity),)
        ]
        self.set_class(not lines, "-plain")
        if said:
            lines.append(Content.styled(visible(said, 200), "$accent"))
        if not notices.get(field.key):
            lines.append(Content(field.help))
        self.update(Content("\n").join(lines), layout=False)


def _place(field: SplashField, notice: Notice) -> str:
    """Which member of a list is meant."""
    return f"{notice.index + 1}: " if field.is_list and notice.index is not None else ""


def _summary(notices: Mapping[str, Notices]) -> Content:
    """What is wrong in the whole form, the gravest first."""
    known = {field.key: field.label for field in SPLASH_FIELDS}
    every = [(Severity(one.severity), key, one) for key, several in notices.items() for one in several]
    grave = [(severity, key, one) for severity, key, one in every if severity is not Severity.INFO]
    if not grave:
        return Content.assemble(
            ("✓ ", "$success"), "No problems. Press enter or click to edit a field; f1 for help."
        )
    grave.sort(key=lambda found: list(Severity).index(found[0]))
    return Content("\n").join(
        Content.assemble(
            (f"{GLYPHS[severity]} ", SEVERITY_STYLES[severity]),
            (known[key], "bold"),
            f"  {visible(one.text, 160)}",
        )
        for severity, key, one in grave[:3]
    )
