"""The command line: a command a function, and the same core as the app's."""

from partner_tui.cli.main import SHELLS, cli

__all__ = ["SHELLS", "cli"]
