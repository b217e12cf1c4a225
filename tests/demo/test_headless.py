"""The main job without a terminal, to its end in the remote."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

from rich.console import Console

from partner_tui.demo.headless import FIELD, VALUE, run_headless
from partner_tui.demo.history import MANIFEST
from partner_tui.repository.git import run

ROOT = Path(__file__).resolve().parents[2]
STEPS = ("The sample partner", "Entries: 16", "The splash", f"Edit {FIELD}", "Commit", "Push", "Read back")


def test_the_whole_job_ends_in_the_remote(tmp_path: Path) -> None:
    printed = io.StringIO()
    demo = run_headless(
        tmp_path, Console(file=printed, width=100, markup=False, highlight=False, emoji=False)
    )
    text = printed.getvalue()
    assert [text.index(step) for step in STEPS] == sorted(text.index(step) for step in STEPS)
    for word in ("● latest", "◐ outdated", "✗ invalid", "? unresolved", "Start Exploring"):
        assert word in text
    assert "\x1b" not in text
    assert f'+  {FIELD}: "{VALUE}"' in text
    changed = run(["diff", "--numstat", "main~1", "main"], cwd=demo.remote).split()
    assert changed == ["1", "1", MANIFEST]
    assert run(["log", "-1", "--format=%s", "main"], cwd=demo.remote).strip() in text
    assert FIELD in run(["cat-file", "blob", f"main:{MANIFEST}"], cwd=demo.remote)


def test_nothing_is_written_outside_of_the_folder_even_where_glyphs_cannot_be_printed(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    command = "import sys, pathlib; from partner_tui.demo.headless import run_headless; run_headless(pathlib.Path(sys.argv[1]))"
    done = subprocess.run(
        [sys.executable, "-c", command, "demo"],
        cwd=tmp_path,
        env={
            **os.environ,
            "HOME": str(home),
            "PYTHONIOENCODING": "ascii",
            "PYTHONPATH": str(ROOT),
            "COLUMNS": "80",
        },
        capture_output=True,
        check=False,
    )
    text = done.stdout.decode("ascii")
    assert done.returncode == 0, done.stderr.decode()
    assert "\x1b" not in text
    assert "Read back from the remote's main" in text
    assert list(home.rglob("*")) == []
