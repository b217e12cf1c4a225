"""A real workspace over a small repository made with real git, and an app that keeps everything in a temporary folder."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from textual._compositor import Compositor
from textual.css import stylesheet
from textual.css.model import RuleSet
from textual.css.parse import parse
from textual.css.tokenize import tokenize_values

from partner_tui.repository.remotes import remote_file
from partner_tui.settings import Directories, Settings
from partner_tui.ui.app import PartnerApp
from partner_tui.ui.workspace.screen import WorkspaceScreen
from partner_tui.workspace.opening.opening import find_manifest, open_workspace, resolve_source
from partner_tui.workspace.workspace import Workspace
from tests.forge.api_server import ApiServer
from tests.small_partner import MANIFEST, make_repository


@pytest.fixture(scope="session", autouse=True)
def styles_are_parsed_once() -> Iterator[None]:
    """Let all apps of a process share what Textual parses: to parse it anew took a good part of each test."""
    tokens: dict[tuple[tuple[str, str], ...], Any] = {}
    rules: dict[object, list[RuleSet]] = {}

    def tokenize_once(values: dict[str, str]) -> Any:
        key = tuple(values.items())
        if key not in tokens:
            tokens[key] = tokenize_values(values)
        return tokens[key]

    def parse_once(
        scope: str, css: str, read_from: Any, variable_tokens: Any, **options: Any
    ) -> list[RuleSet]:
        key = (
            scope,
            css,
            read_from,
            id(variable_tokens),
            *options.items(),
        )  # `tokens` keeps what has this id
        if key not in rules:
            rules[key] = list(parse(scope, css, read_from, variable_tokens=variable_tokens, **options))
        return rules[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stylesheet, "tokenize_values", tokenize_once)
        patch.setattr(stylesheet, "parse", parse_once)
        yield


@pytest.fixture(autouse=True)
def nothing_is_drawn_unseen(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw what a test looks at, and not each step on the way there: a quarter of what most take."""
    if request.node.get_closest_marker("drawn"):
        return
    render_update = Compositor.render_update

    def render_where_asked(self: Compositor, full: bool = False, **options: Any) -> Any:
        if full:
            return render_update(self, full=full, **options)
        self._dirty_regions.clear()
        return None

    monkeypatch.setattr(Compositor, "render_update", render_where_asked)


@pytest.fixture(autouse=True)
def views_are_made_when_asked_for(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the views that a test goes to, and not those behind them: a quarter of what most take."""
    if request.node.get_closest_marker("all_views"):
        return

    async def make_none(self: WorkspaceScreen) -> None:
        """Going to a view makes it."""

    monkeypatch.setattr(WorkspaceScreen, "make_views", make_none)


@pytest.fixture
def directories(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Directories:
    monkeypatch.setenv("PARTNER_TUI_HOME", str(tmp_path / "home"))
    return Directories.of_user()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A clone of the user's with a small manifest, committed."""
    return make_repository(tmp_path / "meadow", {"collection.yaml": MANIFEST})


@pytest.fixture
def workspace(repository: Path, directories: Directories) -> Iterator[Workspace]:
    opened = open_workspace(
        find_manifest(resolve_source(str(repository), directories), None, directories), directories
    )
    yield opened
    opened.checker.close()


@pytest.fixture
def make_app(directories: Directories) -> Callable[..., PartnerApp]:
    """Makes an app that opens a source, or shows the start screen."""

    def make(source: Path | str | None = None, **settings: object) -> PartnerApp:
        chosen = Settings(**{"fetch_on_open": False, **settings})  # type: ignore[arg-type]
        return PartnerApp(chosen, directories, None if source is None else str(source))

    return make


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[ApiServer]:
    """A forge's API on this machine, for which no token is found."""
    pytest.importorskip("github")
    for name in ("GH_TOKEN", "GITHUB_TOKEN", "GH_ENTERPRISE_TOKEN", "GH_HOST"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GH_CONFIG_DIR", str(tmp_path))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    with ApiServer() as server:
        yield server


@pytest.fixture
def asked_for_pictures(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that pictures are downloaded from; each has one, and no host is asked."""
    asked: list[str] = []

    def fetch(address: str, limit: int) -> bytes:
        asked.append(address)
        data = io.BytesIO()
        Image.new("RGB", (40, 20), (10, 200, 30)).save(data, format="png")
        return data.getvalue()

    monkeypatch.setattr(remote_file, "fetch_bytes", fetch)
    return asked
