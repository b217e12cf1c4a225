"""The questions, one card at a time: what is asked, why, whom it touches, the proposal and how it was derived."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from partner_tui.plain import visible
from partner_tui.upgrade.question import SKIPPED, UNANSWERED, Answers, Question
from partner_tui.workspace.answers import read_typed, typed_text

SHOWN_ENTRIES = 12


class QuestionPane(VerticalScroll, can_focus=False):
    """One question, and the keys to answer it, put it off, or go to another."""

    DEFAULT_CSS = """
    QuestionPane {
        padding: 0 2;
        Static { height: auto; }
        #count { color: $foreground 60%; margin-bottom: 1; }
        #prompt { text-style: bold; }
        #question-why, #derived { color: $foreground 70%; }
        #touched { color: $secondary; margin: 1 0; }
        #objection { height: 2; color: $error; }
        #state { color: $success; }
        Input, Input:focus { border: none; height: 1; padding: 0 1; background: $panel; margin-top: 1; width: 100%; max-width: 80; }
        OptionList, OptionList:focus {
            height: auto; max-height: 10; margin-top: 1; border: none; padding: 0 1; background: $panel; max-width: 80;
        }
        #keys { color: $foreground 60%; margin-top: 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        # Before the list of choices, which has pages of its own.
        Binding(
            "pagedown",
            "turn(1)",
            "Next",
            show=False,
            priority=True,
            id="question.next",
            tooltip="The next question",
        ),
        Binding(
            "pageup",
            "turn(-1)",
            "Before",
            show=False,
            priority=True,
            id="question.before",
            tooltip="The question before",
        ),
        Binding(
            "f7", "put_off", "Put off", id="question.put_off", tooltip="Leave its entries as they are for now"
        ),
        Binding(
            "f8", "kind", "Same kind", id="question.kind", tooltip="Answer every question of its kind alike"
        ),
    ]

    class Answered(Message):
        """A question was answered, or put off (SKIPPED).

        Attributes:
            of_kind: Whether the answer is meant for every question of its kind.
        """

        def __init__(self, question: Question, answer: Any, of_kind: bool) -> None:
            super().__init__()
            self.question = question
            self.answer = answer
            self.of_kind = of_kind

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._questions: tuple[Question, ...] = ()
        self._answers = Answers()
        self._key = ""

    def compose(self) -> ComposeResult:
        for name in ("count", "prompt", "question-why", "touched", "derived"):
            yield Static(id=name, markup=False)
        yield OptionList(id="choices")
        yield Input(id="typed")
        yield Static(id="objection", markup=False)
        yield Static(id="state", markup=False)
        yield Static(
            "enter answers   f7 puts it off   f8 answers all of its kind   page up and down turn", id="keys"
        )

    @property
    def question(self) -> Question | None:
        return next((one for one in self._questions if one.key == self._key), None)

    def show(self, questions: Sequence[Question], answers: Answers) -> None:
        """Show the questions of a plan; the one that was shown stays, as long as it is asked."""
        same = tuple(one.key for one in questions) == tuple(one.key for one in self._questions)
        self._questions, self._answers = tuple(questions), answers
        if self.question is None:
            waiting = [one.key for one in questions if answers.find(one) is UNANSWERED]
            self._key = next(iter(waiting or [one.key for one in questions]), "")
            same = False
        self._draw(keep_field=same)

    def focus_answer(self) -> None:
        question = self.question
        if question is not None:
            self.query_one("#choices" if question.choices else "#typed").focus()

    def action_turn(self, by: int) -> None:
        keys = [one.key for one in self._questions]
        if self._key in keys:
            self._key = keys[(keys.index(self._key) + by) % len(keys)]
            self._draw(keep_field=False)
            self.focus_answer()

    def action_put_off(self) -> None:
        if (question := self.question) is not None:
            self.post_message(self.Answered(question, SKIPPED, of_kind=False))
            self.go_on()

    def action_kind(self) -> None:
        self._answer(of_kind=True)

    def on_input_changed(self, message: Input.Changed) -> None:
        message.stop()
        question = self.question
        if question is not None and not question.choices:
            typed = read_typed(question, message.value)
            self._say(question.objection(typed) if message.value else None)

    def on_input_submitted(self, message: Input.Submitted) -> None:
        message.stop()
        self._answer(of_kind=False)

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        message.stop()
        self._answer(of_kind=False)

    def _answer(self, *, of_kind: bool) -> None:
        question = self.question
        if question is None:
            return
        if question.choices:
            answer = question.choices[self.query_one(OptionList).highlighted or 0].value
        else:
            answer = read_typed(question, self.query_one(Input).value)
        if (objection := question.objection(answer)) is not None:
            self._say(objection)
            return
        self.post_message(self.Answered(question, answer, of_kind))
        self.go_on()

    def go_on(self) -> None:
        """Go to the next question that nobody answered; stay where there is none."""
        keys = [one.key for one in self._questions]
        start = keys.index(self._key) + 1 if self._key in keys else 0
        order = [*self._questions[start:], *self._questions[:start]]
        waiting = [one.key for one in order if one.key != self._key and self._answers.find(one) is UNANSWERED]
        if waiting:
            self._key = waiting[0]
            self._draw(keep_field=False)
            self.focus_answer()

    def _say(self, objection: str | None) -> None:
        self.query_one("#objection", Static).update(visible(f"✗ {objection}", 200) if objection else "")

    def _draw(self, *, keep_field: bool) -> None:
        question = self.question
        for child in self.children:
            child.display = question is not None or child.id == "count"
        if question is None:
            self.query_one("#count", Static).update("No questions. Everything else is known.")
            return
        texts = {
            "count": f"Question {self._questions.index(question) + 1} of {len(self._questions)}",
            "prompt": visible(question.prompt, 400),
            "question-why": visible(question.why, 600),
            "touched": self._touched(question),
            "derived": self._proposal(question),
        }
        for name, text in texts.items():
            self.query_one(f"#{name}", Static).update(text)
        self._show_state(question)
        self.query_one(OptionList).display = bool(question.choices)
        self.query_one(Input).display = not question.choices
        if not keep_field:
            self._fill(question)

    def _touched(self, question: Question) -> str:
        shown = ", ".join(visible(entry, 60) for entry in question.entries[:SHOWN_ENTRIES])
        more = len(question.entries) - SHOWN_ENTRIES
        return f"touches {shown}" + (f" and {more} more" if more > 0 else "")

    def _proposal(self, question: Question) -> str:
        if question.proposal is None:
            return "No answer can be proposed."
        text = f"proposed: {visible(_label(question, question.proposal), 200)}"
        return f"{text}  ({visible(question.derived, 200)})" if question.derived else text

    def _show_state(self, question: Question) -> None:
        answer = self._answers.find(question)
        if answer is UNANSWERED:
            state = ""
        elif answer is SKIPPED:
            state = "Put off: its entries stay as they are."
        else:
            state = f"✓ answered: {visible(_label(question, answer), 200)}"
        self.query_one("#state", Static).update(state)

    def _fill(self, question: Question) -> None:
        known = self._answers.find(question)
        value = question.proposal if known in (UNANSWERED, SKIPPED) else known
        choices = self.query_one(OptionList)
        choices.clear_options()
        choices.add_options([Option(Content(visible(choice.label, 200))) for choice in question.choices])
        places = [place for place, choice in enumerate(question.choices) if choice.value == value]
        choices.highlighted = (places or [0])[0] if question.choices else None
        self.query_one(Input).value = "" if value is None else typed_text(value)
        self._say(None)


def _label(question: Question, value: Any) -> str:
    """How an answer is shown: a choice's label, or as it is typed."""
    return next((choice.label for choice in question.choices if choice.value == value), typed_text(value))
