"""A model has inputs, outputs and weights: what only tells of one is an application or a generic resource."""

from __future__ import annotations

from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.fix import FixKind, fix
from partner_tui.upgrade.new_files import CannotUpgrade
from partner_tui.upgrade.question import Choice, Question

_OF_A_MODEL = ("inputs", "outputs", "weights", "prediction", "training")


def is_only_told_of(draft: Draft) -> bool:
    """Whether an entry is a model in name alone."""
    return draft.type == "model" and not any(draft.data.get(field) for field in _OF_A_MODEL)


@fix(
    "model-without-weights",
    "Retype model stubs",
    "A model needs inputs, outputs and weights; without them it can be of another type.",
    FixKind.ASK,
)
def model_without_weights(draft: Draft) -> None:
    if not is_only_told_of(draft):
        return
    answer = draft.ask(
        Question(
            model_without_weights.name,
            model_without_weights.name,
            "These models have no inputs, outputs or weights. What are they?",
            model_without_weights.why,
            proposal="generic",
            derived="a generic resource needs nothing more than a name",
            choices=(
                Choice("generic", "generic resources"),
                Choice("application", "applications"),
                Choice("model", "models; leave these entries unchanged (set their rdf_source)"),
            ),
        )
    )
    if answer == "model":
        raise CannotUpgrade("a model needs inputs, outputs and weights")
    draft.data["type"] = draft.respell("model", answer)
