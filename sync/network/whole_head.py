"""An answer whose head came to its end: the standard library takes one that is cut short for a shorter one.

What is missing then, a length or the place of a range, would be told as the publisher's fault, although the line broke.
"""

import errno
import http.client
import os
from io import BufferedReader

from typing_extensions import override


class WholeHead(http.client.HTTPResponse):
    """An answer of a connection."""

    @override
    def begin(self) -> None:
        """Read the head.

        Raises:
            ConnectionResetError: It does not come to its end.
            HTTPException: It is none.
            OSError: The line broke.
        """
        plain = self.fp
        lines = _Lines(plain)
        self.fp = lines  # type: ignore[assignment]  # all that reading a head asks for
        try:
            super().begin()
        finally:
            if self.fp is not None:
                self.fp = plain
        if lines.is_over:
            raise ConnectionResetError(errno.ECONNRESET, os.strerror(errno.ECONNRESET))


class _Lines:
    """Lines of a head.

    Attributes:
        is_over: There was nothing left to read, not even an empty line.
    """

    def __init__(self, plain: BufferedReader) -> None:
        self.is_over = False
        self._plain = plain

    def readline(self, size: int) -> bytes:
        line = self._plain.readline(size)
        self.is_over = not line
        return line

    def close(self) -> None:
        self._plain.close()
