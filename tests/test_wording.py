"""Texts that users see keep to one term for one thing: no dropped word, labels and titles that fit.

The words are in `dropped_words.toml`, each with what to write instead; a use that is right is allowed there with its reason.
A text reaches a user unless it is a docstring (but for those of commands, which are their help), a regular expression, a
style sheet, the key of a mapping, or a name: one word of lowercase letters.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from partner_tui.ui.workspace.screen import WorkspaceScreen
from partner_tui.upgrade.fixes import ENTRY_FIXES, FIRST_FIXES, model_fixes

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "partner_tui"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "partner" not in path.relative_to(PACKAGE).parts)
WORDS = tomllib.loads((Path(__file__).parent / "dropped_words.toml").read_text("utf-8"))
DROPPED = {re.compile(word, re.IGNORECASE): instead for word, instead in WORDS["instead"].items()}
ALLOWED: dict[str, dict[str, str]] = WORDS["allowed"]
_STYLES = re.compile(r"\{[^{}]*:[^{}]*;")
_NAME = re.compile(r"[a-z0-9_.#:,/<>$%@+*()\[\]\-]*")


def texts_of(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and text of each string that may reach a user; fields of f-strings are ``{}``."""
    hidden: set[int] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Constant(value=str())):
                hidden.add(id(node.value))
            case ast.Dict(keys=keys):
                hidden.update(id(key) for key in keys)
            case ast.Subscript(slice=key):
                hidden.add(id(key))
            case ast.Call(func=ast.Attribute(value=ast.Name(id="re" | "_log" | "log" | "logger"))):
                hidden.update(id(part) for argument in node.args for part in ast.walk(argument))
            case ast.Assign(targets=[ast.Name(id="DEFAULT_CSS" | "CSS" | "__all__")]):
                hidden.update(id(part) for part in ast.walk(node.value))
            case ast.JoinedStr():
                hidden.update(id(part) for part in node.values)
    for node in ast.walk(tree):
        if id(node) in hidden:
            continue
        if isinstance(node, ast.JoinedStr):
            yield (
                node.lineno,
                "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values),
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value
        elif isinstance(node, ast.FunctionDef) and any(
            "command" in ast.dump(one) for one in node.decorator_list
        ):
            yield node.lineno, ast.get_docstring(node) or ""


def shown_texts(source: str) -> Iterator[tuple[int, str]]:
    for line, text in texts_of(ast.parse(source)):
        if not _NAME.fullmatch(text) and not _STYLES.search(text) and "(?" not in text and "\\" not in text:
            yield line, text


def faults(source: str, allowed: dict[str, str]) -> list[str]:
    return [
        f"line {line}: “{found[0]}” in {text!r}: write {instead}"
        for line, text in shown_texts(source)
        for word, instead in DROPPED.items()
        if (found := word.search(text)) and not any(use in text for use in allowed)
    ]


def test_no_text_that_users_see_has_a_dropped_word() -> None:
    found = {}
    for module in MODULES:
        name = module.relative_to(PACKAGE).as_posix()
        found[name] = faults(module.read_text("utf-8"), ALLOWED.get(name, {}))
    assert not {name: lines for name, lines in found.items() if lines}


def test_each_allowed_use_is_still_there() -> None:
    for name, uses in ALLOWED.items():
        source = (PACKAGE / name).read_text("utf-8")
        texts = [text for _, text in shown_texts(source)]
        for use, reason in uses.items():
            assert reason and any(use in text for text in texts), (name, use)
            assert faults(source, {one: why for one, why in uses.items() if one != use}), (name, use)


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ('x = "Mend the file"', 1),
        ('x = f"{name} is no URL."', 1),
        ("def f():\n    '''Mends it.'''\n", 0),
        ('# mend it\nx = {"mend": 1}\n', 0),
        ('re.compile("is no file")', 0),
        ("@app.command\ndef repair():\n    '''Mend a FILE.'''\n", 1),
    ],
)
def test_only_what_reaches_a_user_is_looked_at(source: str, count: int) -> None:
    assert len(faults(source, {})) == count


def test_a_view_is_named_with_the_key_that_shows_it() -> None:
    keys = {title: str(number) for number, title in enumerate(WorkspaceScreen.VIEWS.values(), 1)}
    titles = "|".join(keys)
    key_behind, key_before = re.compile(rf"({titles})(?: view)? \((\d)"), re.compile(rf"(\d) \(({titles})\)")
    named = [
        (module.name, title, key)
        for module in MODULES
        for _, text in shown_texts(module.read_text("utf-8"))
        for title, key in (*key_behind.findall(text), *(found[::-1] for found in key_before.findall(text)))
    ]
    assert named and not [one for one in named if keys[one[1]] != one[2]]


def test_a_fix_title_fits_the_plan() -> None:
    titles = [fix.title for fix in (*ENTRY_FIXES, *FIRST_FIXES, *model_fixes())]
    assert titles and not [title for title in titles if len(title) > 22 or title.endswith(".")]


def _bindings() -> Iterator[tuple[str, int, str, str]]:
    for path in sorted((PACKAGE / "ui").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("bind", "hidden")
            ):
                texts = [one.value for one in node.args if isinstance(one, ast.Constant)]
                if len(texts) == 5:
                    yield path.name, node.lineno, str(texts[2]), str(texts[4])


def test_a_key_has_a_short_label_and_a_tooltip_without_a_full_stop() -> None:
    bindings = list(_bindings())
    assert bindings and not [
        (name, line, label, tooltip)
        for name, line, label, tooltip in bindings
        if len(label) > 15 or len(tooltip) > 60 or tooltip.endswith(".") or tooltip == label
    ]
