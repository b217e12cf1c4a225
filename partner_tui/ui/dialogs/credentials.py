"""Asks inside the app for what git or ssh prompts for: user name, token or password, code, passphrase, a host's key.

Secrets are typed unseen, and go nowhere but to the git command that asked.
"""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.widgets import Button, Input, Static

from partner_tui.plain import visible
from partner_tui.repository.process.prompts import CredentialRequest
from partner_tui.repository.process.redact import redact
from partner_tui.ui.dialogs.prompt import PromptScreen
from partner_tui.ui.widgets.box import Box, Choices

TITLES = {
    "username": "User name",
    "password": "Token or password",
    "code": "Verification code",
    "passphrase": "Passphrase",
    "pin": "PIN of your security key",
    "answer": "Question from the host",
    "host-key": "Trust this host?",
    "confirm": "Allow this?",
    "presence": "Touch your security key",
}
HINTS = {
    "username": "Your user name on this host. You enter the token next.",
    "password": "For GitHub and GitLab, enter an access token with write access, not your password.",
    "code": "It is used once and not kept.",
    "passphrase": "It unlocks your ssh key for this command. An ssh agent would remember it.",
    "pin": "It is not kept. The key locks after a few wrong PINs.",
    "answer": "Your answer is used once and not kept.",
    "host-key": "Compare the fingerprint with the one that the host publishes. If it differs, someone may be intercepting"
    " the connection.",
    "confirm": "ssh asks before it uses your key.",
    "presence": "This message closes when you have touched the key.",
}
YES_OR_NO = ("host-key", "confirm")
OVER_SECONDS = 0.1


class CredentialsScreen(PromptScreen[str]):
    """One question of git's or ssh's, or of a forge's; dismissed with the answer, None when the user cancels or nobody waits any more.

    Args:
        why: What was wrong with the last answer.
    """

    AUTO_FOCUS = "Input, #no"  # for a host's key, Enter must not be yes

    def __init__(self, request: CredentialRequest, why: str = "The host rejected your last answer.") -> None:
        super().__init__()
        self.request = request
        self._why = why

    def compose(self) -> ComposeResult:
        request = self.request
        with Box(TITLES[request.kind]):
            if request.attempt > 1:
                yield Static(visible(self._why, 600), classes="warn text", markup=False)
            yield Static(self._question(), classes="text", markup=False)
            yield Static(HINTS[request.kind], classes="quiet", markup=False)
            if self._is_typed:
                yield Static("", classes="gap")
                yield Input(password=request.secret, compact=True)
            yes = [("yes", "Continue", "⏎")] if self._is_typed else [("yes", "Yes", "")]
            if request.kind == "presence":
                yes = []
            yield Choices(*yes, ("no", "No" if request.kind in YES_OR_NO else "Cancel", "esc"))

    @property
    def _is_typed(self) -> bool:
        return self.request.kind not in (*YES_OR_NO, "presence")

    def _question(self) -> str:
        request = self.request
        url = visible(redact(request.url), 200)
        if request.kind in ("username", "password") and url:
            return f"{visible(request.username, 80)}  at  {url}" if request.username else f"for  {url}"
        if request.kind == "passphrase" and url:
            return f"for  {url}"
        lines = redact(request.prompt).splitlines()
        # ssh's own question asks to type an answer; here there are buttons.
        asked = [line for line in lines if not line.startswith("Are you sure")] or lines
        return visible("\n".join(asked), 1_200, lines=True)

    def on_mount(self) -> None:
        self.set_interval(OVER_SECONDS, self._look_whether_over)

    def _look_whether_over(self) -> None:
        if self.request.over.is_set():
            self.dismiss(None)

    @on(Input.Submitted)
    @on(Button.Pressed, "#yes")
    def _answer(self) -> None:
        if not self._is_typed:
            self.dismiss("yes")
            return
        answer = self.query_one(Input).value
        if answer:
            self.dismiss(answer)
        else:
            self.notify("Enter a value, or press escape to cancel.", severity="warning")

    @on(Button.Pressed, "#no")
    def _refused(self, event: Button.Pressed) -> None:
        event.prevent_default()  # escape answers nothing, and this button no
        self.dismiss("no" if self.request.kind in YES_OR_NO else None)
