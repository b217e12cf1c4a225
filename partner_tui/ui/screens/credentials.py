"""What git or ssh wants to know, asked inside the app: user name, token or password, passphrase, a host's key.

Secrets are typed unseen, and go nowhere but to the git command that asked.
"""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.widgets import Button, Input, Static

from partner_tui.plain import visible
from partner_tui.repository.credentials import CredentialRequest
from partner_tui.repository.redact import redact
from partner_tui.ui.screens.asking import AskingScreen
from partner_tui.ui.widgets.box import Box, Choices

TITLES = {
    "username": "User name",
    "password": "Token or password",
    "passphrase": "Passphrase",
    "host-key": "Is this the right host?",
}
HINTS = {
    "username": "Your user name at this host. A token is asked for next.",
    "password": "GitHub and GitLab take an access token with write access here, not the password of the website.",
    "passphrase": "It unlocks your ssh key for this command. An ssh agent would remember it.",
    "host-key": "Compare the fingerprint with the one that the host publishes. A wrong one may be somebody in between.",
}


class CredentialsScreen(AskingScreen[str]):
    """One question of git's or ssh's; dismissed with the answer, None when the user gives up."""

    def __init__(self, request: CredentialRequest) -> None:
        super().__init__()
        self.request = request

    def compose(self) -> ComposeResult:
        request = self.request
        with Box(TITLES[request.kind]):
            if request.attempt > 1:
                yield Static("The last answer was refused.", classes="warn text", markup=False)
            yield Static(self._question(), classes="text", markup=False)
            yield Static(HINTS[request.kind], classes="quiet", markup=False)
            if request.kind != "host-key":
                yield Static("", classes="gap")
                yield Input(password=request.secret, compact=True)
            go_on = ("Yes, connect", "") if request.kind == "host-key" else ("Continue", "⏎")
            yield Choices(("yes", *go_on), ("no", "Give up", "esc"))

    def _question(self) -> str:
        request = self.request
        url = visible(redact(request.url), 200)
        if request.kind == "host-key" or not url:
            lines = redact(request.prompt).splitlines()
            # ssh's own question asks to type an answer; here there are buttons.
            asked = [line for line in lines if not line.startswith("Are you sure")] or lines
            return visible("\n".join(asked), 1_200, lines=True)
        return f"{visible(request.username, 80)}  at  {url}" if request.username else f"for  {url}"

    def on_mount(self) -> None:
        # For a host's key, Enter must not be yes.
        (self.query_one("#no", Button) if self.request.kind == "host-key" else self.query_one(Input)).focus()

    @on(Input.Submitted)
    def _entered(self) -> None:
        self._answer()

    @on(Button.Pressed, "#yes")
    def _answer(self) -> None:
        if self.request.kind == "host-key":
            self.dismiss("yes")
            return
        answer = self.query_one(Input).value
        if answer:
            self.dismiss(answer)
        else:
            self.notify("It is empty. Escape gives up.", severity="warning")

    @on(Button.Pressed, "#no")
    def _refused(self) -> None:
        self.dismiss("no" if self.request.kind == "host-key" else None)
