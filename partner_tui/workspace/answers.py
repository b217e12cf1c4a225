"""Answers as they are typed: what stands in a field, and the value that it means."""

from __future__ import annotations

from typing import Any

import yaml

from partner_tui.upgrade.question import Question


def typed_text(value: Any) -> str:
    """A value as it is typed: a text as it stands, everything else as YAML on one line."""
    if isinstance(value, str):
        return value
    return (
        str(yaml.safe_dump(value, default_flow_style=True, width=10_000, allow_unicode=True))
        .removesuffix("...\n")
        .strip()
    )


def read_typed(question: Question, text: str) -> Any:
    """The value that a typed answer means: the text itself where the question takes it, else what it is as YAML."""
    text = text.strip()
    if isinstance(question.proposal, str) or (question.proposal is None and question.objection(text) is None):
        return text
    try:
        value = yaml.safe_load(text)
    except yaml.YAMLError:
        return text
    return text if value is None else value
