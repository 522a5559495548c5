"""Where the command begins: an interrupt ends it in one line, even while the rest is still being loaded."""

import sys


def main() -> None:
    """Run one command. Exits as `canvass.cli.main.main` does."""
    try:
        from canvass.cli.main import main as run  # loaded here, so that an interrupt meets the line below

        run()
    except KeyboardInterrupt:
        sys.stderr.write("Stopped; nothing was left half done.\n")
        sys.exit(130)
