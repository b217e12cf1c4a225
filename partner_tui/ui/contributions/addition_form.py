"""Where an RDF or a package is added: its id, type and folder to decide, and which of its files come along."""

from __future__ import annotations

from dataclasses import replace

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.suggester import SuggestFromList
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from partner_tui.manifest.resource_types import TYPE_NAMES
from partner_tui.plain import plural, size_words, visible
from partner_tui.ui.binding import bind
from partner_tui.ui.dialogs.prompt import labelled
from partner_tui.workspace.contributions.by_hand.adding import Addition

_NAME = 200


class FileList(OptionList):
    """The files of a resource; those that are marked are added, and why others cannot be is beside them."""

    TITLE = "Files"
    BINDINGS = [bind("space", "mark", "Toggle", "add.file", "Add the selected file, or leave it out")]

    class Toggled(Message):
        """Other files are added."""

    def __init__(self, addition: Addition) -> None:
        super().__init__(markup=False)
        self.skipped: set[str] = set()
        self._names: list[str] = []
        self.show(addition)

    def show(self, addition: Addition) -> None:
        """Show the files of a resource, first those that are left out; what was skipped stays so."""
        self._addition = addition
        left_out = addition.left_out
        self._names = [*left_out, *(name for name in addition.resource.sizes if name not in left_out)]
        self.set_options(Option(self._row(name)) for name in self._names)
        self.action_first()

    @property
    def added(self) -> dict[str, int]:
        """The files that are added, with their sizes in bytes."""
        out = self._addition.left_out.keys() | self.skipped
        return {name: size for name, size in self._addition.resource.sizes.items() if name not in out}

    def _row(self, name: str) -> Content:
        why = self._addition.left_out.get(name)
        about = f"left out: {why}" if why else size_words(self._addition.resource.sizes[name])
        sign = "–" if why else " " if name in self.skipped else "✓"
        return Content.assemble(
            (f"{sign} ", "bold $accent"),
            visible(name, _NAME),
            (f"  {visible(about, _NAME)}", "$warning" if why else "$foreground 60%"),
        )

    def action_mark(self) -> None:
        if (at := self.highlighted) is None:
            return
        name = self._names[at]
        if (why := self._addition.left_out.get(name)) is not None:
            self.notify(f"{visible(name, 80)} is left out: {why}.", severity="warning", markup=False)
            return
        self.skipped ^= {name}
        self.replace_option_prompt_at_index(at, self._row(name))
        self.post_message(self.Toggled())

    def on_click(self, event: events.Click) -> None:
        """A click marks a file; enter adds them all."""
        event.prevent_default()
        if (clicked := event.style.meta.get("option")) is not None:
            self.highlighted = clicked
            self.action_mark()


class AdditionForm(Vertical):
    """What is proposed for a resource, with the objection to it as one types.

    Attributes:
        decided: What is proposed, as it was edited.
    """

    DEFAULT_CSS = """
    AdditionForm {
        height: auto;
        .field { margin-bottom: 0; }
        #objection { color: $error; height: auto; padding-left: 9; }
        #places { color: $foreground 65%; height: auto; margin: 1 0; }
    }
    """

    class Submitted(Message):
        """Enter was pressed in one of the fields."""

    def __init__(self, addition: Addition) -> None:
        super().__init__()
        self.addition = addition
        self.decided = addition.new

    def compose(self) -> ComposeResult:
        new = self.addition.new
        types = SuggestFromList(TYPE_NAMES, case_sensitive=False)
        yield labelled("Id", Input(new.id, id="entry-id", compact=True))
        yield labelled("Type", Input(new.type, id="entry-type", compact=True, suggester=types))
        yield labelled("Folder", Input(new.folder, id="entry-folder", compact=True))
        yield Static(id="objection", markup=False)
        yield Static(id="places", markup=False)
        yield FileList(self.addition)

    def on_mount(self) -> None:
        files = self.query_one(FileList)
        files.display = bool(files.option_count)
        self._show()
        self.query_one("#entry-id", Input).focus()

    @property
    def skipped(self) -> frozenset[str]:
        """The files that the maintainer leaves out."""
        return frozenset(self.query_one(FileList).skipped)

    def show_left_out(self, addition: Addition) -> None:
        """Other files are left out where it is to go now."""
        self.addition = addition
        self.query_one(FileList).show(addition)
        self._show()

    @on(Input.Changed)
    def _edited(self, event: Input.Changed) -> None:
        """The folder goes with the id, unless it has a name of its own."""
        event.stop()
        before, value = self.decided, event.value.strip()
        match event.input.id:
            case "entry-id":
                self.decided = before.renamed(value)
            case "entry-type":
                self.decided = replace(before, type=value)
            case _:
                self.decided = replace(before, folder=value.strip("/"))
        folder = self.query_one("#entry-folder", Input)
        if event.input is not folder and self.decided.folder != before.folder:
            with folder.prevent(Input.Changed):
                folder.value = self.decided.folder
        self._show()

    @on(FileList.Toggled)
    def _chosen(self, event: FileList.Toggled) -> None:
        event.stop()
        self._show()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Submitted())

    def _show(self) -> None:
        objection = replace(self.addition, new=self.decided).objection()
        line = self.query_one("#objection", Static)
        line.display = objection is not None
        line.update(visible(objection or "", 300))
        self.query_one("#places", Static).update(self._places())

    def _places(self) -> str:
        """What is written, in a sentence."""
        new, addition = self.decided, self.addition
        sizes = self.query_one(FileList).added.values()
        words = [f"the entry to {visible(addition.manifest_name, 60)}"]
        if new.rdf_name is not None:
            words.append(visible(new.path(new.rdf_name), _NAME))
        if sizes:
            words.append(f"{plural(len(sizes), 'file')} ({size_words(sum(sizes))})")
        first, *rest = words
        return f"Adds {first}{', and ' if rest else ''}{' and '.join(rest)}."
