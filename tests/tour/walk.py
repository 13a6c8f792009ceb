"""Walks one panel through all scenes and looks: takes pictures, and judges what they show."""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QLocale
from PySide6.QtGui import QGuiApplication

from kiosk.home import Home
from tests.tour.checks import faults_of, without_repeats
from tests.tour.contrast import faint_words
from tests.tour.looks import Look, PanelKind
from tests.tour.report import Found
from tests.tour.scenes import Scene
from tests.tour.shown import Fault
from tests.tour.stage import NotShownError, Stage, View, save

END = "end"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a walk brought: its faults, how many views were judged, and how long it took."""

    found: tuple[Found, ...]
    views: int
    seconds: float


def prepare_qt() -> QGuiApplication:
    """Return the application of this process, as the kiosk makes its own, but without a display."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_QUICK_BACKEND"] = "software"
    QLocale.setDefault(QLocale("zh_CN"))  # before the application, or Chinese appears in Japanese glyphs
    application = QGuiApplication.instance()
    return application if isinstance(application, QGuiApplication) else QGuiApplication([])


def walk(home: Home, panel: PanelKind, scenes: Sequence[Scene], looks: Sequence[Look], out: Path | None) -> Outcome:
    """Walk through scenes and looks on one panel.

    Args:
        home: With the packs.
        panel: What the window is as large as.
        scenes: In this order.
        looks: Each scene is seen in all of them before the next one is entered.
        out: Folder for the pictures; None keeps none.
    """
    started = time.monotonic()
    _application = prepare_qt()
    stage = Stage(home, panel)
    try:
        found = [one for scene in scenes for one in _visit(stage, scene, looks, out)]
    finally:
        stage.close()
    return Outcome(tuple(found), stage.views, time.monotonic() - started)


def _visit(stage: Stage, scene: Scene, looks: Sequence[Look], out: Path | None) -> Iterator[Found]:
    def faults(look_name: str, some: Sequence[Fault]) -> Iterator[Found]:
        return (Found(scene.name, f"{stage.panel.name}_{look_name}", fault) for fault in some)

    stage.wear(looks[0], reduced_motion=not scene.moves)
    try:
        stage.shell.navigator.home()
        scene.enter(stage)
        for look in looks[:1] if scene.is_plain else looks:
            stage.wear(look, reduced_motion=not scene.moves)
            stage.scroll_to_start()
            scene.aim(stage)
            yield from faults(look.name, _seen(stage, scene, look, out, ""))
            if scene.to_the_end and stage.scroll_to_end():
                yield from faults(look.name, _seen(stage, scene, look, out, END))
    except NotShownError as error:
        yield from faults("all", [Fault("not shown", str(error))])
    finally:
        scene.leave(stage)
    yield from faults("all", [Fault("warning", message) for message in stage.taken_warnings()])


def _seen(stage: Stage, scene: Scene, look: Look, out: Path | None, part: str) -> tuple[Fault, ...]:
    """Take one picture and return what is wrong with it."""
    view = stage.view()
    if out:
        save(view.image, out / (picture_name(scene.name, stage.panel, look, part) + ".png"))
    return judged(view, stage, top_is_free=scene.top_is_free and not part, strong=look.strong)


def picture_name(scene: str, panel: PanelKind, look: Look, part: str = "") -> str:
    """Return the name of a picture without its suffix, such as ``home_portrait_large_paper``."""
    return "_".join(word for word in (scene, panel.name, look.name, part) if word)


def judged(view: View, stage: Stage, *, top_is_free: bool, strong: bool) -> tuple[Fault, ...]:
    """Return what is wrong with one view."""
    limits = stage.limits(top_is_free=top_is_free)
    return without_repeats([*faults_of(view.shown, limits), *faint_words(view.shown, view.pixels, strong=strong)])


Walk = Callable[[Home, PanelKind], Outcome]
