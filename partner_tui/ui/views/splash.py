"""The splash view: a form for the partner's `config`, its preview, and what saving would write."""

from __future__ import annotations

from partner_tui.ui.view import View


class SplashView(View):
    """Edits the `config` of the manifest, nothing else."""
