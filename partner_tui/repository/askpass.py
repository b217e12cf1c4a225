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
        question = "\n".join([os.environ["PARTNER_TUI_ASKPASS_TOKEN"], *sys.argv[1:2]])
        connection.sendall(question.encode("utf-8", "replace"))
        connection.shutdown(socket.SHUT_WR)
        answer = b""
        while part := connection.recv(4096):
            answer += part
    except (OSError, KeyError):
        return 1
    if not answer.startswith(b"+"):
        return 1
    sys.stdout.buffer.write(answer[1:] + b"\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
