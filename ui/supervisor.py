"""Tells systemd how the screen is, in the datagrams of sd_notify(3)."""

import socket
from collections.abc import Mapping
from contextlib import suppress

_ADDRESS, _LIMIT = "NOTIFY_SOCKET", "WATCHDOG_USEC"
_US_PER_MS = 1_000
_SIGNS_OF_LIFE = 4
"""So many within the time after which the screen is started anew."""


class Supervisor:
    """Whoever started the screen and wants to know that it lives.

    Args:
        address: Of a datagram socket; one that begins with ``@`` lies in no folder.
        every_ms: So often it wants a sign of life; 0 for never.
    """

    def __init__(self, address: str, every_ms: int) -> None:
        self._address = f"\0{address[1:]}" if address.startswith("@") else address
        self.every_ms = every_ms

    def tell(self, state: str) -> None:
        """Send ``READY=1`` and the like. One that does not listen any more changes nothing for the villager."""
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as line:
            line.settimeout(0)
            line.sendto(state.encode("ascii"), self._address)


def supervisor_of(environment: Mapping[str, str]) -> Supervisor | None:
    """Return who has started this process, None if it is nobody who asks.

    Not compared is ``WATCHDOG_PID``: that is the compositor, and we answer for it too.
    """
    address, limit = environment.get(_ADDRESS, ""), environment.get(_LIMIT, "")
    if address[:1] not in {"/", "@"}:
        return None
    limit_us = int(limit) if limit.isascii() and limit.isdigit() else 0
    return Supervisor(address, limit_us // _SIGNS_OF_LIFE // _US_PER_MS)
