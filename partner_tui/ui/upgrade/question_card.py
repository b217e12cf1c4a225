"""One question: what is asked, why, what it affects, and the answer, typed or chosen from the suggested ones.

While a field is typed into, every printable key is text: the keys that do more are function keys there.
"""

from __future__ import annotations

from typing import Any

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from partner_tui.manifest.editing.showing import scalar_text
from partner_tui.plain import few, plural, visible
from partner_tui.ui.widgets.side_list import cursor_keys
from partner_tui.upgrade.question import SKIPPED, UNANSWERED, Question, read_typed

SHOWN_ENTRIES = 6


class AnswerChoices(OptionList):
    """The answers to choose from; the digit before one is that answer."""

    TITLE = "Answer"
    HELP = "The digit before an answer takes it; enter takes the selected one."
    DEFAULT_CSS = """
    AnswerChoices, AnswerChoices:focus {
        height: auto; max-height: 10; border: none; padding: 0; background: $panel; max-width: 100;
        & > .option-list--option { padding: 0 1; }
    }
    """
    BINDINGS = [*cursor_keys("answer", "answer")]

    def on_key(self, event: events.Key) -> None:
        number = int(event.character) if event.character and event.character in "123456789" else 0
        if 0 < number <= self.option_count:
            event.stop()
            self.highlighted = number - 1
            self.action_select()


class QuestionCard(VerticalScroll, can_focus=False):
    """The selected question, and the field or the list to answer it."""

    TITLE = "Question"
    DEFAULT_CSS = """
    QuestionCard {
        height: auto; max-height: 60%; padding: 0 1; scrollbar-size-vertical: 1;
        Static { height: auto; }
        #prompt { text-style: bold; }
        #why, #affects { color: $foreground 65%; }
        #suggested { color: $secondary; }
        #said { color: $success; &.-wrong { color: $error; } }
        #keys { color: $foreground 55%; }
        Input, Input:focus { border: none; height: 1; padding: 0 1; background: $panel; width: 100%; max-width: 100; }
    }
    """

    class Answered(Message):
        """An answer was given.

        Attributes:
            of_kind: Whether it is meant for every question of its kind.
        """

        def __init__(self, question: Question, answer: Any, of_kind: bool) -> None:
            super().__init__()
            self.question = question
            self.answer = answer
            self.of_kind = of_kind

    def __init__(self) -> None:
        super().__init__()
        self._question: Question | None = None

    def compose(self) -> ComposeResult:
        for name in ("prompt", "why", "affects", "suggested"):
            yield Static(id=name, markup=False)
        yield AnswerChoices(id="choices", markup=False)
        yield Input(id="typed")
        yield Static(id="said", markup=False)
        yield Static(id="keys", markup=False)

    def show(self, question: Question, answer: Any) -> None:
        """Show a question and its answer by now; what is typed stays while it is the same one."""
        is_new = self._question is None or self._question.key != question.key
        self._question = question
        suggestion = "No suggestion; enter an answer."
        if question.proposal is not None:
            because = f" ({question.derived})" if question.derived else ""
            suggestion = f"Suggested: {label(question, question.proposal)}{because}"
        texts = {
            "prompt": question.prompt,
            "why": question.why,
            "affects": _affects(question),
            "suggested": suggestion,
            "keys": _keys(question),
        }
        for name, text in texts.items():
            self.query_one(f"#{name}", Static).update(visible(text, 600))
        self.query_one(AnswerChoices).display = bool(question.choices)
        self.query_one(Input).display = not question.choices
        self._say(_state(question, answer))
        if is_new:
            self._fill(question, answer)

    def focus_answer(self) -> None:
        if self._question is not None:
            self.query_one("#choices" if self._question.choices else "#typed").focus()

    def give(self, *, of_kind: bool = False) -> None:
        """Give what is chosen or typed as the answer, if it is one."""
        question = self._question
        if question is None:
            return
        if question.choices:
            answer = question.choices[self.query_one(AnswerChoices).highlighted or 0].value
        else:
            answer = read_typed(question, self.query_one(Input).value)
        if (objection := question.objection(answer)) is not None:
            self._say(f"✗ {objection}", wrong=True)
        else:
            self.post_message(self.Answered(question, answer, of_kind))

    def on_input_changed(self, message: Input.Changed) -> None:
        message.stop()
        question = self._question
        if question is not None and not question.choices and self.query_one(Input).has_focus:
            objection = question.objection(read_typed(question, message.value)) if message.value else None
            self._say(f"✗ {objection}" if objection else "", wrong=True)

    def on_input_submitted(self, message: Input.Submitted) -> None:
        message.stop()
        self.give()

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        message.stop()
        self.give()

    def on_option_list_option_highlighted(self, message: OptionList.OptionHighlighted) -> None:
        message.stop()

    def _say(self, text: str, wrong: bool = False) -> None:
        said = self.query_one("#said", Static)
        said.set_class(wrong, "-wrong")
        said.update(visible(text, 300))
        said.display = bool(text)

    def _fill(self, question: Question, answer: Any) -> None:
        value = question.proposal if answer in (UNANSWERED, SKIPPED) else answer
        choices = self.query_one(AnswerChoices)
        choices.set_options(
            Option(Content.assemble((f"{number} ", "$accent"), visible(choice.label, 200)))
            for number, choice in enumerate(question.choices, start=1)
        )
        places = [place for place, choice in enumerate(question.choices) if choice.value == value]
        choices.highlighted = (places or [0])[0] if question.choices else None
        field = self.query_one(Input)
        field.value = scalar_text(value)
        field.cursor_position = len(field.value)


def label(question: Question, value: Any) -> str:
    """How an answer is shown: a choice's label, or as it is typed."""
    return next((one.label for one in question.choices if one.value == value), scalar_text(value))


def _affects(question: Question) -> str:
    head = "Affects" if len(question.entries) == 1 else f"Affects {plural(len(question.entries), 'entry')}"
    return f"{head}: {few(question.entries, SHOWN_ENTRIES)}"


def _keys(question: Question) -> str:
    many = len(question.entries) > 1
    if question.choices:
        return "enter answer   s skip   f8 apply to all similar" + (
            "   o one entry by itself" if many else ""
        )
    return "enter answer   f7 skip   f8 apply to all similar   pgup/pgdn previous/next"


def _state(question: Question, answer: Any) -> str:
    if answer is UNANSWERED:
        return ""
    if answer is SKIPPED:
        return "Skipped: these entries stay unchanged."
    return f"✓ Answered: {label(question, answer)}"
