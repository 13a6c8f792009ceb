"""Imports without what fetches sound from the internet: the loudspeaker plays what lies on this machine."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Final

_FOR_RADIO: Final = ("urllib.request", "html")
"""What miniaudio imports for its client of radio stations, and for nothing else."""


@contextmanager
def without_radio() -> Iterator[None]:
    """Let an import find nothing behind the modules that only a radio needs.

    They would bring http, e-mail and TLS into the process of the screen. Whoever imports them afterwards gets
    the true ones.
    """
    absent = {name: ModuleType(name) for name in _FOR_RADIO if name not in sys.modules}
    sys.modules.update(absent)
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]
