"""Somebody before an X server who has nothing but a pointer and eyes: no line of ours runs in the kiosk they use.

Speaks X11 itself, the few requests that are needed (X Window System Protocol, X11R7.7; XTEST Extension Protocol 2.2).
"""

import socket
import struct
import time
from types import TracebackType
from typing import Final, Self

HELD_S = 0.04
"""How long the button stays down."""

_SETUP = struct.Struct("<BxHHHHxx")
_SETUP_ANSWER = struct.Struct("<BBHHH")
_HEADER = 32
_ERROR, _REPLY = 0, 1
_QUERY_EXTENSION: Final = 98
_GET_IMAGE: Final = 73
_Z_PIXMAP: Final = 2
_FAKE_INPUT: Final = 2
_PRESS, _RELEASE, _MOVE = 4, 5, 6
_ALL_PLANES: Final = 0xFFFFFFFF


class Pointer:
    """The pointer of one X server of this machine, and what its screen shows.

    Args:
        display: Such as ``:99``; it must not ask for a cookie.
    """

    def __init__(self, display: str) -> None:
        self._line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._line.connect(f"/tmp/.X11-unix/X{display.removeprefix(':')}")
        self._line.sendall(_SETUP.pack(ord("l"), 11, 0, 0, 0))
        success, _, _, _, words = _SETUP_ANSWER.unpack(self._received(_SETUP_ANSWER.size))
        setup = self._received(words * 4)
        assert success == 1, setup
        self._root, self.width, self.height = _root_of(setup)
        name = b"XTEST"
        self._line.sendall(struct.pack("<BxHHxx", _QUERY_EXTENSION, 4, len(name)) + name.ljust(8, b"\0"))
        answer = self._answer()
        assert answer[8] == 1, "this X server lets nobody play the mouse"
        self._xtest = answer[9]

    def __enter__(self) -> Self:
        """Return the pointer itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the X server."""
        self._line.close()

    def click(self, x: float, y: float) -> None:
        """Go there, press and let go."""
        self._play(_MOVE, 0, round(x), round(y))
        self._play(_PRESS, 1)
        time.sleep(HELD_S)
        self._play(_RELEASE, 1)

    def sight(self) -> bytes:
        """Return the whole screen, four bytes a pixel in the order blue, green, red, nothing."""
        self._line.sendall(
            struct.pack("<BBHIhhHHI", _GET_IMAGE, _Z_PIXMAP, 5, self._root, 0, 0, self.width, self.height, _ALL_PLANES)
        )
        return self._answer()[_HEADER:][: self.width * self.height * 4]

    def _play(self, kind: int, button: int, x: int = 0, y: int = 0) -> None:
        self._line.sendall(
            struct.pack("<BBHBBxxII8xhh8x", self._xtest, _FAKE_INPUT, 9, kind, button, 0, self._root, x, y)
        )

    def _answer(self) -> bytes:
        """Return the next reply; events are passed over, an error is one of ours."""
        while True:
            head = self._received(_HEADER)
            assert head[0] != _ERROR, f"X error {head[1]}"
            if head[0] == _REPLY:
                return head + self._received(4 * int.from_bytes(head[4:8], "little"))

    def _received(self, size: int) -> bytes:
        parts = bytearray()
        while len(parts) < size:
            part = self._line.recv(size - len(parts))
            assert part, "the X server has ended"
            parts += part
        return bytes(parts)


def _root_of(setup: bytes) -> tuple[int, int, int]:
    """Return the root window of the first screen, its width and its height."""
    (vendor,) = struct.unpack_from("<H", setup, 16)
    formats = setup[21]
    screen = 32 + (vendor + 3) // 4 * 4 + formats * 8
    (root,) = struct.unpack_from("<I", setup, screen)
    width, height = struct.unpack_from("<HH", setup, screen + 20)
    return root, width, height
