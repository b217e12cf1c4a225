"""The name under which the views still import `partner_tui.plain`."""

from partner_tui.plain import ELLIPSIS, visible

__all__ = ["ELLIPSIS", "visible"]
