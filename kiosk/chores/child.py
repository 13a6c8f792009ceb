"""Runs a command of ours in a process of its own: the end of whoever waits for it."""

import os
import selectors
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from content_packs.errors import SiteError
from content_packs.progress import CancelToken, OnProgress, Progress, ignore_progress
from kiosk.chores.lines import DoneLine, FailedLine, NewsLine, ProgressLine, decode_line

OnNews = Callable[[dict[str, Any]], None]
"""Takes what a command has to say while it goes on."""

AS_CHILD: Final = ("--json", "--as-child")
"""Ask a command to tell its progress in lines and to end with the process that started it."""

CUNKOU: Final = (sys.executable, "-m", "kiosk.cli.main")

_LOOK_S = 0.2
_GRACE_S = 2.0
_CHUNK_BYTES = 65_536


def run_chore(
    command: Sequence[str],
    *,
    on_progress: OnProgress = ignore_progress,
    on_news: OnNews | None = None,
    cancel: CancelToken | None = None,
) -> dict[str, Any]:
    """Run a command that tells its progress in lines, see `kiosk.chores.lines`, and wait for it.

    The process ends with this call, whatever happens, and with this process, even if that is killed: it reads its
    standard input, which then ends.

    Args:
        command: Program and arguments, such as ``(*CUNKOU, "index", *AS_CHILD)``.
        on_progress: Told on the calling thread.
        on_news: Told there too, of what the command has to say while it goes on.
        cancel: Ends the process within a fraction of a second.

    Returns:
        What the command had to say when it was done.

    Raises:
        KioskError: The command has failed; with its words and its code.
        SiteError: It cannot be started, or has ended without a word.
        CancelledError: ``cancel`` was asked to.
    """
    token = cancel or CancelToken()
    token.check()
    try:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            command,
            cwd=Path(__file__).resolve().parents[2],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    except OSError as error:
        raise SiteError(
            "后台程序启动不了。",
            why=str(error.strerror),
            todo="请重新启动本机；还不行，请重新安装本程序。",
            code="M-316",
        ) from error
    try:
        ended = _follow(process, on_progress, on_news, token)
    finally:
        _end(process)
    if isinstance(ended, FailedLine):
        raise ended.error
    if ended is None:
        raise SiteError(
            "后台程序没有做完就停了。", why=f"退出码 {process.returncode}", todo="过一会儿会再试一次。", code="M-317"
        )
    return ended.result


def _follow(
    process: "subprocess.Popen[bytes]", on_progress: OnProgress, on_news: OnNews | None, cancel: CancelToken
) -> DoneLine | FailedLine | None:
    """Read lines until one says how the work has ended; None if none does."""
    assert process.stdout is not None  # noqa: S101 - asked for above
    ended: DoneLine | FailedLine | None = None
    unread = b""
    with selectors.DefaultSelector() as ready:
        ready.register(process.stdout, selectors.EVENT_READ)
        while True:
            cancel.check()
            if not ready.select(_LOOK_S):
                continue
            data = os.read(process.stdout.fileno(), _CHUNK_BYTES)
            if not data:
                return ended
            *lines, unread = (unread + data).split(b"\n")
            for line in map(decode_line, lines):
                if isinstance(line, ProgressLine):
                    on_progress(Progress(line.done, line.total, line.phase, line.unit, line.percent, line.seconds_left))
                elif isinstance(line, NewsLine):
                    if on_news:
                        on_news(line.news)
                elif line is not None:
                    ended = line


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a process that may have ended already: first asked, then killed."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(_GRACE_S)
        except subprocess.TimeoutExpired:
            process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe:
            with suppress(OSError):
                pipe.close()
