"""Whether the Wayland compositor still answers, asked on a line of its own in the words of its wire protocol.

Nothing has to be drawn for it: a screen on which nothing moves, that is dark or unplugged gets no frames, and its
compositor answers all the same. Qt does not tell, for an idle window asks nothing.
"""

import socket
import struct
from collections.abc import Mapping
from pathlib import Path

_QUESTION = struct.pack("=3I", 1, 12 << 16 | 0, 2)
"""To object 1, which is the display: 12 bytes, request 0, which is sync; 2 is what the callback shall be called."""
_ANSWER_BYTES = 24
"""The callback's done, and the display's delete_id: from then on the name is free for the next question."""


class Compositor:
    """Draws what we show; a process beside this one.

    Args:
        line: Connected to it. It is closed when the compositor has gone.
    """

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self._line.settimeout(0)
        self._has_answered = False
        self._awaited_bytes = 0

    def is_silent(self) -> bool:
        """Whether the question of the last time still waits for its answer; where it does not, the next is asked.

        One that never answered is not silent: it is no partner for this. Nor is one that has gone: Qt ends the program
        then.
        """
        try:
            while self._awaited_bytes:
                self._awaited_bytes -= self._hear()
                self._has_answered = True
            self._line.sendall(_QUESTION)
            self._awaited_bytes = _ANSWER_BYTES
        except BlockingIOError:
            return self._has_answered
        except OSError:
            self._line.close()
        return False

    def _hear(self) -> int:
        heard = self._line.recv(self._awaited_bytes)
        if not heard:
            raise ConnectionResetError
        return len(heard)


def compositor_of(environment: Mapping[str, str]) -> Compositor | None:
    """Return the compositor that shows this process, None if there is none or it takes no calls."""
    name = environment.get("WAYLAND_DISPLAY", "")
    if not name:
        return None
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_CLOEXEC)
    line.settimeout(0)
    try:
        line.connect(str(Path(environment.get("XDG_RUNTIME_DIR", "/")) / name))
    except OSError:
        line.close()
        return None
    return Compositor(line)
