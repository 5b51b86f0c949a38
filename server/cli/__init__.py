"""The `mashang` command: what an operator can do with a town, each part explaining itself."""

import signal
import sys
from collections.abc import Sequence


def main(words: Sequence[str] | None = None) -> None:
    """Run one command and leave with its exit code."""
    listens = signal.getsignal(signal.SIGINT) is not signal.SIG_IGN
    if listens:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    # Only here: this takes a second, in which Ctrl-C shall end us without a word.
    from server.cli.commands import run

    if listens:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.exit(run(words))
