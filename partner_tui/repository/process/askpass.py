"""Run by git and ssh, not by the app: passes one question to the app's socket and prints the answer.

Standard library only, and no import of the package: it is started by its path, without site-packages.
"""

import os
import socket
import sys


def main() -> int:
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        connection.connect(os.environ["PARTNER_TUI_ASKPASS_SOCKET"])
        # Ssh says in the variable whether it wants a yes or no (confirm), or nothing but to be seen (none).
        hint = os.environ.get("SSH_ASKPASS_PROMPT", "")
        question = "\n".join([os.environ["PARTNER_TUI_ASKPASS_TOKEN"], hint, *sys.argv[1:2]])
        connection.sendall(question.replace("\0", "").encode("utf-8", "replace") + b"\0")
        answer = b""
        while part := connection.recv(4096):
            answer += part
    except (OSError, KeyError):
        return 1
    if not answer.startswith(b"+"):
        return 1
    if hint == "confirm":
        return 0 if answer == b"+yes" else 1
    sys.stdout.buffer.write(answer[1:] + b"\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
