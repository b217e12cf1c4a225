"""The scenes of every real partner's `config`, as it was in each of its manifests and as it is central."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from partner_tui.splash.drawing.html import as_html
from partner_tui.splash.drawing.svg import as_svg
from partner_tui.splash.drawing.terminal import as_text
from partner_tui.splash.scene import make_scene
from partner_tui.splash.scene.blocks import WINDOWS, Pane, Text
from partner_tui.splash.scene.font import text_width
from tests.corpus import CORPUS, manifests, needs_corpus


def configs() -> Iterator[dict[str, Any]]:
    """Each different one once."""
    seen: set[str] = set()
    central = json.loads((CORPUS / "central" / "bioimageio_collection_config.json").read_text("utf-8"))
    found = list(central["collection_template"]["config"]["partners"])
    for path in manifests():
        try:
            data = yaml.safe_load(path.read_text("utf-8", "replace"))
        except yaml.YAMLError:
            continue
        if isinstance(data, dict) and isinstance(data.get("config"), dict):
            found.append(data["config"])
    for config in found:
        key = repr(config)
        if key not in seen:
            seen.add(key)
            yield config


@pytest.mark.slow
@needs_corpus
@pytest.mark.parametrize("window", WINDOWS, ids=str)
def test_every_partners_page_has_its_texts_within_their_places(window: Any) -> None:
    every = list(configs())
    assert len(every) > 13
    for config in every:
        scene = make_scene("classic", config, (), window)
        for block in scene.blocks:
            if isinstance(block, Text):
                widest = max(text_width(line, block.style.size, block.style.weight) for line in block.lines)
                assert widest <= block.box.width + 0.01, (config.get("id"), block.name)
        assert as_svg(scene).endswith("</svg>\n")


@pytest.mark.slow
@needs_corpus
def test_what_a_partner_says_of_itself_is_in_every_drawing() -> None:
    for config in configs():
        title = config.get("splash_title")
        if isinstance(title, str) and title.isascii() and title.isalnum():
            assert title in as_text(make_scene("classic", config, (), Pane(120, 36, letters=False)))
            assert title in as_html(make_scene("classic", config))
