"""An address that is none is refused like any other request that cannot be read.

Sanic takes the very address to make an empty request to refuse it with, fails once more, hangs up
without a word and logs two pages: one line from anybody fills a log.
"""

from sanic.exceptions import BadURL
from sanic.http import Http


class Readable(Http):
    """Sanic's conversation over one connection, with an answer to every address."""

    def create_empty_request(self) -> None:
        """The request to refuse, with the address where it is one."""
        try:
            super().create_empty_request()
        except BadURL:
            self.url = None
            super().create_empty_request()
