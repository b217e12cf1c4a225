"""What the child may not do, asked of real Python processes under its audit hook."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    "act",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9), 1)",
        "import socket; socket.getaddrinfo('example.invalid', 80)",
        "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9/')",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "open('written', 'w')",
        "import pathlib; pathlib.Path('written').write_text('')",
    ],
)
def test_the_child_refuses(act: str, tmp_path: Path) -> None:
    script = f"import sys; from partner_tui.confined.sandbox import refuse; sys.addaudithook(refuse)\n{act}"
    run = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "PermissionError" in run.stderr
    assert list(tmp_path.iterdir()) == []
