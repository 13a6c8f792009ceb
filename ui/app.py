"""Starts the screen: ``cunkou-kiosk``."""

import argparse
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QLocale, QObject, QSize, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickWindow

from content_packs.errors import KioskError
from kiosk.clock import machine_today
from kiosk.home import Home, find_home
from kiosk.panel import Panel, panel_of, turned
from ui.kept_sight import FILE as FIRST_SIGHT
from ui.kept_sight import kept_sight
from ui.shell import Behind, Screen, Shell
from ui.sight import FirstSight

SIGNAL_CHECK_MS = 300
FALLBACK_INCHES = 21.5


def main() -> int:
    """Open the kiosk and stay until it is closed; 1 if it cannot be opened."""
    options = _options()
    os.environ.setdefault("QT_QUICK_BACKEND", "software")
    QLocale.setDefault(QLocale("zh_CN"))  # before the application, or Chinese appears in Japanese glyphs
    application = QGuiApplication(sys.argv[:1])
    application.setApplicationName("cunkou")
    home = find_home(options.home, os.environ)
    _end_on_signals(application)
    try:
        if not _is_set_up(application, home, options):
            return 0
        sight, open_behind = _first_sight(home)
    except KioskError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    screen = _screen(application, sight.screen_inches, options)
    shell = Shell(sight, machine_today(), screen, open_behind)
    _survive_bugs(home, shell)
    _show(shell.window, options)
    shell.warm_up_when_seen()
    _give_signs_of_life(shell.window, shell)
    status = application.exec()
    shell.close()
    if shell.opened:
        shell.opened.close()
    return status


def _is_set_up(application: QGuiApplication, home: Home, options: argparse.Namespace) -> bool:
    """Return whether this kiosk is set up; where nobody ever has, ask first. False if the application has ended.

    Raises:
        KioskError: The home cannot be made.
    """
    if (home.root / FIRST_SIGHT).exists():  # has shown its home before: nothing more need be asked, or imported
        return True
    from kiosk.setup import needs_setup  # noqa: PLC0415 (the first start of a kiosk only)

    if not needs_setup(home):
        return True
    from ui.jobs import ThreadedJobs  # noqa: PLC0415
    from ui.setup_screen import SetupScreen, inches_of  # noqa: PLC0415

    home.create()
    told, jobs = application.primaryScreen().physicalSize(), ThreadedJobs()
    questions = SetupScreen(home, jobs, _screen(application, 0.0, options), inches_of(told.width(), told.height()))
    application.setQuitOnLastWindowClosed(False)
    _show(questions.window, options)
    _give_signs_of_life(questions.window, questions)
    is_answered = questions.wait()
    questions.close()
    jobs.close()
    application.setQuitOnLastWindowClosed(True)
    return is_answered


def _show(window: QQuickWindow, options: argparse.Namespace) -> None:
    if options.size:
        window.show()
    else:
        window.showFullScreen()
    if QGuiApplication.platformName() == "wayland":
        _keep_painted(window)


def _keep_painted(window: QQuickWindow) -> None:
    """Once the first frame was shown, see to it that frames go on coming."""

    def keep() -> None:
        from ui.nudge import Nudge  # noqa: PLC0415 (after the first frame, and only under Wayland)

        Nudge(window, window.isExposed)

    _once_shown(window, keep)


def _once_shown(window: QQuickWindow, act: Callable[[], None]) -> None:
    """Act when the first frame has been shown, however long it takes."""

    def seen() -> None:
        window.frameSwapped.disconnect(seen)
        act()

    window.frameSwapped.connect(seen)


def _first_sight(home: Home) -> tuple[FirstSight, Callable[[], Behind]]:
    """Return what is seen first, as it was kept, else as it is read now; and the way to all that stands behind it.

    Raises:
        KioskError: Nothing was kept, and the kiosk cannot be opened.
    """
    kept = kept_sight(home)
    if kept:
        return kept, lambda: _opened_later(home)
    from ui.backstage import open_backstage  # noqa: PLC0415 (takes longer than the first frame)

    behind = open_backstage(home)
    return behind.sight, lambda: behind


def _opened_later(home: Home) -> Behind:
    """Return what stands behind the first frame; end the application if it cannot be opened."""
    from ui.backstage import open_backstage  # noqa: PLC0415 (takes longer than the first frame)

    try:
        return open_backstage(home)
    except KioskError as error:
        sys.stderr.write(f"{error}\n")
        QGuiApplication.exit(1)
        raise


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="cunkou-kiosk", description="村口：村便民服务点的信息屏")
    parser.add_argument("--home", type=Path, help="存放数据的文件夹")
    parser.add_argument("--size", type=_size, help="窗口大小，例如 1080x1920；不写就全屏")
    parser.add_argument("--inches", type=float, default=0.0, help="屏幕对角线的英寸数，代替设置里的")
    return parser.parse_args()


def _size(text: str) -> QSize:
    width, _, height = text.partition("x")
    try:
        return QSize(int(width), int(height))
    except ValueError as error:
        raise argparse.ArgumentTypeError(text) from error


def _screen(application: QGuiApplication, set_inches: float, options: argparse.Namespace) -> Screen:
    """Return where the window goes, from what was asked for, what is set, and what the screen tells, in this order."""
    shown = application.primaryScreen()
    size = options.size or shown.size()
    inches = options.inches or set_inches
    told = shown.physicalSize()
    if inches:
        panel = panel_of(inches, size.width(), size.height())
    elif told.width() > 0 and told.height() > 0 and not options.size:
        panel = turned(Panel(told.width(), told.height()), "portrait" if size.height() > size.width() else "landscape")
    else:
        panel = panel_of(FALLBACK_INCHES, size.width(), size.height())
    return Screen(panel=panel, size=size, pixels_per_mm=size.width() / panel.width_mm)


def _survive_bugs(home: Home, shell: Shell) -> None:
    """Let a bug end in the log and on the start page, never on the screen."""

    def note(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QGuiApplication.quit()
            return
        from kiosk.log import EventLog, bug_words  # noqa: PLC0415 (most starts have no bug to tell)

        EventLog(home).crash(error.with_traceback(trace))
        sys.stderr.write(f"{bug_words(error)}\n")  # goes to the journal: the text may hold what somebody typed
        QTimer.singleShot(0, shell.navigator.reset)

    sys.excepthook = note


def _give_signs_of_life(window: QQuickWindow, owner: QObject) -> None:
    """Tell whoever supervises this process that the first frame was shown, and from then on that the screen lives."""
    if "NOTIFY_SOCKET" not in os.environ:
        return

    def live() -> None:
        import faulthandler  # noqa: PLC0415 (what ends a frozen screen lets it say where it stood: places, no values)

        faulthandler.enable()
        from ui.compositor import compositor_of  # noqa: PLC0415 (after the first frame, and only where asked for)
        from ui.heartbeat import Heartbeat  # noqa: PLC0415
        from ui.supervisor import supervisor_of  # noqa: PLC0415

        if supervisor := supervisor_of(os.environ):
            Heartbeat(supervisor, compositor_of(os.environ), owner)

    _once_shown(window, live)


def _end_on_signals(application: QGuiApplication) -> None:
    """End in order on SIGTERM and SIGINT. Python only sees a signal when it runs, so a slow timer lets it."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: QTimer.singleShot(0, application.quit))  # also before anything waits
    timer = QTimer(application, interval=SIGNAL_CHECK_MS)
    timer.timeout.connect(lambda: None)
    timer.start()


if __name__ == "__main__":
    sys.exit(main())
