"""config is a mapping, and so is its part for the site; anything else in it gets a name."""

from __future__ import annotations

from partner_tui.upgrade.draft import Draft

NAME = "config-mapping"
TITLE = "Make config a mapping"
WHY = "config is a mapping of names to values."
CLASS = "config"

_SITE = "bioimageio"


def fix(draft: Draft) -> None:
    config = draft.data.get("config")
    if config is not None and not isinstance(config, dict):
        del draft.data["config"]
        draft.to_config("config", config)
    elif isinstance(config, dict) and _SITE in config and not isinstance(config[_SITE], dict):
        value = config.pop(_SITE)
        if value is not None:
            draft.to_config(_SITE, value)
