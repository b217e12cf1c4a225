"""`python -m partner_tui`, and the program `partner-tui`."""

from __future__ import annotations


def main() -> None:
    from partner_tui.cli import cli

    cli(prog_name="partner-tui")


if __name__ == "__main__":
    main()
