"""How pictures are drawn follows from the setting, from what the terminal answers, and from where the app runs."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import sys
import termios
import time
from pathlib import Path

import pytest

from partner_tui.ui.graphics.terminal import CELL, Answers, choose, read_answers

KITTY = "\x1b_Gi=31;OK\x1b\\\x1b[?62;c"
SIXEL = "\x1b[?63;1;2;4;6;9c"
SCRIPT = """
import sys
from partner_tui.ui.graphics.terminal import asking, cell_pixels
with asking(sys.argv[1]) as question:
    graphics = question.answer()
print(graphics.words, graphics.cell, graphics.colours, cell_pixels((0, 0)), flush=True)
print("rest:", input() if len(sys.argv) > 2 else "none", flush=True)
"""


@pytest.mark.parametrize(
    ("wish", "answers", "environment", "protocol", "why"),
    [
        ("auto", Answers(True, kitty=True), {}, "kitty", "detected"),
        ("auto", Answers(True, sixel=True), {}, "sixel", "detected"),
        ("auto", Answers(True, kitty=True, sixel=True), {}, "sixel", "detected"),
        ("auto", Answers(True), {}, "blocks", "detected: no graphics protocol"),
        ("auto", Answers(), {}, "blocks", "detected: the terminal did not answer"),
        ("auto", Answers(True, sixel=True), {"TMUX": "/tmp/tmux-0/default,1,0"}, "blocks", "inside tmux"),
        ("auto", Answers(True, sixel=True), {"STY": "1.pts"}, "blocks", "inside screen"),
        ("auto", Answers(True, kitty=True), {"NO_COLOR": "1"}, "blocks", "NO_COLOR is set"),
        ("kitty", Answers(), {}, "kitty", "as set"),
        ("sixel", Answers(), {"TMUX": "x"}, "sixel", "as set"),
        ("sixel", Answers(), {"NO_COLOR": "1"}, "blocks", "NO_COLOR is set"),
        ("blocks", Answers(True, kitty=True), {}, "blocks", "as set"),
        ("off", Answers(True, kitty=True), {"NO_COLOR": "1"}, "off", "as set"),
    ],
)
def test_the_best_means_that_surely_work_are_taken(
    wish: str, answers: Answers, environment: dict[str, str], protocol: str, why: str
) -> None:
    chosen = choose(wish, answers, environment)
    assert chosen.protocol == protocol
    assert why in chosen.words


@pytest.mark.parametrize(
    ("said", "answers"),
    [
        ("", Answers()),
        (KITTY, Answers(True, kitty=True)),
        (SIXEL, Answers(True, sixel=True)),
        ("\x1b[?4;6c", Answers(True)),  # its class, which is no attribute
        ("jj\x1b[?62;22c", Answers(True)),
        (
            f"{SIXEL}\x1b[?1;0;16S\x1b[6;19;9t{SIXEL}",
            Answers(True, sixel=True, cell=(9, 19), colours=16),
        ),
        (f"{SIXEL}\x1b[?1;0;99999S\x1b[6;0;0t", Answers(True, sixel=True, cell=CELL, colours=256)),
        ("\x1b_Gi=31;ENOTSUPPORTED\x1b\\\x1b[?62;c", Answers(True)),
    ],
)
def test_answers_are_found_in_what_comes(said: str, answers: Answers) -> None:
    assert read_answers(said) == answers


def _asked(wish: str, answers: list[bytes], size: tuple[int, int, int, int], **environment: str) -> str:
    """What a program in a real pty makes of a terminal that answers each question with the next of these."""
    child, terminal = pty.fork()
    if child == 0:
        known = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME")}
        known |= {"TERM": "xterm-256color", "PYTHONPATH": str(Path(__file__).parents[3]), **environment}
        arguments = [sys.executable, "-c", SCRIPT, wish, *(["and what was typed"] if answers else [])]
        os.execve(sys.executable, arguments, known)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", *size))
    heard, seen, until = b"", 0, time.monotonic() + 60
    try:
        while not re.search(rb"rest: \w+\r", heard) and time.monotonic() < until:
            if select.select([terminal], [], [], 0.1)[0]:
                heard += os.read(terminal, 4096)
            for answer in answers[seen : heard.count(b"\x1b[c")]:
                os.write(terminal, answer)
                seen += 1
    except OSError:  # Linux says so of a pty whose other end is closed
        pass
    finally:
        os.close(terminal)
        os.waitpid(child, 0)
    return heard.decode("utf-8", "replace")


@pytest.mark.parametrize(
    ("answers", "size", "seen"),
    [
        (
            [KITTY.encode() + b"typed\n"],
            (24, 80, 800, 480),
            "Kitty graphics (detected) (10, 20) 256 (10, 20)",
        ),
        (
            [SIXEL.encode(), b"\x1b[?1;0;16S\x1b[6;19;9t" + SIXEL.encode() + b"typed\n"],
            (24, 80, 0, 0),
            "Sixel (detected) (9, 19) 16 (0, 0)",
        ),
        ([b"\x1b[?62c" + b"typed\n"], (0, 0, 0, 0), "half blocks (detected: no graphics protocol)"),
    ],
)
def test_what_is_typed_behind_the_answer_stays_for_the_app(
    answers: list[bytes], size: tuple[int, int, int, int], seen: str
) -> None:
    heard = _asked("auto", answers, size)
    assert seen in heard
    assert "rest: typed" in heard


def test_a_terminal_that_says_nothing_gets_half_blocks() -> None:
    assert "half blocks (detected: the terminal did not answer)" in _asked("auto", [], (0, 0, 0, 0))


@pytest.mark.parametrize("environment", [{"TERM": "dumb"}, {"NO_COLOR": "1"}, {"TMUX": "x"}])
def test_where_pictures_would_fail_nothing_is_asked(environment: dict[str, str]) -> None:
    heard = _asked("auto", [], (24, 80, 0, 0), **environment)
    assert "half blocks" in heard
    assert "\x1b[c" not in heard
