"""Someone at the machine, who types `mashang` commands and reads what they print."""

import pytest

from server import cli


class Operator:
    """Types commands in this process; keeps what the last one printed."""

    def __init__(self, data_dir, capsys):
        self.data_dir, self.capsys = data_dir, capsys

    def types(self, *words: str) -> str:
        """What the command printed; it must succeed."""
        code, out, told = self._run(words)
        assert code == 0, out + told
        return out

    def finds_fault(self, *words: str) -> str:
        """What the command printed; it must find something wrong."""
        code, out, told = self._run(words)
        assert code == 1, out + told
        return out

    def is_refused(self, *words: str) -> str:
        """The one sentence a refused command printed."""
        code, _, told = self._run(words)
        assert code == 2
        assert told.count("\n") == 1
        return told

    def _run(self, words):
        with pytest.raises(SystemExit) as left:
            cli.main([*words, "--data", str(self.data_dir)])
        out, told = self.capsys.readouterr()
        return left.value.code, out, told
