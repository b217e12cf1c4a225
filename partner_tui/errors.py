"""Every error that a user can cause: one clear line, and a hint that says what to do next.

They are shown where they arise. Anything else that is raised is a bug and reaches the error screen.
"""

from __future__ import annotations

from collections.abc import Sequence


class PartnerTuiError(Exception):
    """A failure to be told to the user.

    Args:
        message: One line: what went wrong, with the name of the thing it went wrong with.
        hint: What to do next; may be empty.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(PartnerTuiError):
    """The command line asks for something that does not exist."""


class SourceError(PartnerTuiError):
    """What was to be opened is not there, cannot be reached, or is no partner repository."""


class ManifestNotFound(SourceError):
    """No manifest under a known name, or several.

    Args:
        looked_for: The names that were tried; none when several files have one.
        found: Files to choose from, relative to the repository.
        is_named: Whether the user named the one file that was looked for.
    """

    def __init__(
        self,
        message: str,
        hint: str,
        looked_for: tuple[str, ...],
        found: tuple[str, ...],
        *,
        is_named: bool = False,
    ) -> None:
        super().__init__(message, hint)
        self.looked_for = looked_for
        self.found = found
        self.is_named = is_named


class ManifestParseError(PartnerTuiError):
    """The text is no YAML, or no YAML that is safe to read.

    Args:
        kind: ``yaml``, ``encoding``, ``size``, ``depth``, ``aliases``, ``missing`` (there is no file), or
            ``content`` of YAML that is neither manifest nor RDF.
        line: 1-based, 0 when no place is known.
        column: 1-based, 0 when no place is known.
        context: The line and its neighbours, as written.
    """

    def __init__(
        self,
        message: str,
        hint: str = "",
        *,
        kind: str = "yaml",
        line: int = 0,
        column: int = 0,
        context: tuple[str, ...] = (),
    ) -> None:
        super().__init__(message, hint)
        self.kind = kind
        self.line = line
        self.column = column
        self.context = context


class RemoteFileError(PartnerTuiError):
    """A remote file is refused, cannot be reached, or is no text of a fitting size."""


class RemoteFileAbsent(RemoteFileError):
    """The host answers that it has no such file."""


class PatchError(PartnerTuiError):
    """An edit does not fit the document, or would change more than was meant; nothing was written."""


class FileChangedOutside(PartnerTuiError):
    """A file is not as it was when it was read; saving would overwrite somebody's work."""


class NeedsConsent(PartnerTuiError):
    """It can be done, but hardly should: ask first, with no as the default. ``hint`` says what else to do."""


class Cancelled(PartnerTuiError):
    """The user stopped it; everything is as it was before."""

    def __init__(self, message: str = "Cancelled.") -> None:
        super().__init__(message)


class GitError(PartnerTuiError):
    """Git said no.

    Args:
        command: The command as it was run, credentials removed.
        code: Its exit code.
        output: All that it and the remote said, the remote's words first, credentials removed; may have many lines.
    """

    def __init__(
        self, message: str, hint: str = "", *, command: str = "", code: int = 0, output: str = ""
    ) -> None:
        super().__init__(message, hint)
        self.command = command
        self.code = code
        self.output = output


class CredentialsRefused(GitError):
    """The remote wants a user name, token or key that it was not given."""


class Untrusted(GitError):
    """It needs settings of the folder's own git configuration that the user has not trusted; nothing was run.

    Args:
        act: What needs them, such as ``git fetch``.
        names: The settings.
    """

    def __init__(self, act: str, names: Sequence[str]) -> None:
        super().__init__(
            f"{act} needs git settings of this folder that you have not trusted: {', '.join(names)}.",
            "To trust them: ctrl+p, then “trust this folder”, or the option --trust.",
        )


class PushRejected(GitError):
    """The remote has commits that the clone does not have; fetch, put our edits on top, push again."""


class ForgeError(PartnerTuiError):
    """The forge's API was not reached, or did not do what it was asked to."""


class TokenRefused(ForgeError):
    """The forge wants a token, or another one than it was given."""


class HeadMoved(ForgeError):
    """The contribution has newer commits than those that were reviewed."""


class CheckerFailed(PartnerTuiError):
    """The spec library itself failed on an entry; this says nothing about the entry."""
