"""Why the CI ignored a manifest or dropped an entry, raised where it is found and told with its place."""

from __future__ import annotations

from partner_tui.central.compiled import Cause
from partner_tui.manifest.sources import Missing
from partner_tui.manifest.text.document import Document, Path, spelled


class Ignored(Exception):
    """The CI ignored the whole manifest."""

    def __init__(self, cause: Cause) -> None:
        super().__init__(cause.why)
        self.cause = cause


class Unfit(Exception):
    """One entry becomes no item.

    Attributes:
        is_known: Whether that is known; otherwise its source is not here.
    """

    def __init__(self, *causes: Cause, is_known: bool = True) -> None:
        super().__init__(causes[0].why)
        self.causes = causes
        self.is_known = is_known


class Causes:
    """Makes causes with the lines of one manifest."""

    def __init__(self, document: Document) -> None:
        self._document = document

    def line(self, path: Path) -> int:
        return self._document.position(path).line

    def cause(self, rule: str, path: Path, why: str, hint: str, file: str | None = None) -> Cause:
        return Cause(rule, path, self.line(path), why, hint, file)

    def no_source(self, missing: Missing, reference: str, path: Path, rule: str) -> Unfit:
        """What cannot be read; of one of another repository nothing is known before it is downloaded."""
        if missing.why == "remote":
            why = f"Not known: its source is not here ({reference})"
            hint = "Download it in the app (f in Central), and it is compiled"
            return Unfit(self.cause("not-here", path, why, hint), is_known=False)
        return self.unfit(rule, path, missing.problem, f"Add the file, or correct {spelled(path[-1:])}")

    def unfit(self, rule: str, path: Path, why: str, hint: str, file: str | None = None) -> Unfit:
        return Unfit(self.cause(rule, path, why, hint, file))

    def ignored(self, rule: str, path: Path, why: str, hint: str) -> Ignored:
        return Ignored(self.cause(rule, path, why, hint))
