"""No call into a connection holds us for longer than it should, whatever the other side drips meanwhile.

A limit on silence does not end a server that sends one byte of a header every second, or "100 Continue" for ever: each
byte begins the silence anew, and the call that waits for the end never returns.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def no_longer_than(seconds: float, cut: Callable[[], object]) -> Iterator[None]:
    """Call ``cut`` from another thread if the block still runs after so many seconds; that must make it end.

    Args:
        seconds: How long the block may take.
        cut: Ends whatever the block waits for.
    """
    watch = threading.Timer(seconds, cut)
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()
