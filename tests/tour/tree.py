"""Walks the item tree of a window and writes down what stands there; decides only what counts as words and targets."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from PySide6.QtCore import Q_ARG, Q_RETURN_ARG, QMetaObject, QRectF, Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtQml import QQmlEngine, QQmlExpression
from PySide6.QtQuick import QQuickItem, QQuickWindow
from shiboken6 import getCppPointer

from tests.tour.shown import Colour, Rect, Scrolls, Shown, ShownList, ShownTarget, ShownText

TOUCHED_ROLES = frozenset(
    {
        QAccessible.Role.Button,
        QAccessible.Role.CheckBox,
        QAccessible.Role.RadioButton,
        QAccessible.Role.PageTab,
        QAccessible.Role.Link,
        QAccessible.Role.ListItem,
    }
)
SUMMARIES = frozenset({"ItemCardRow", "ResultRow"})
MODAL = "Countdown"
DRAWING = "VillagePicture"
_OWN_BUTTON = "Touchable_QMLTYPE_"
_AN_ITEM = Q_RETURN_ARG(QQuickItem)
_UPRIGHT = 1
_PICTURE_ERROR = 3
_LOADING = 2


@dataclass(frozen=True, slots=True)
class _Around:
    """What an item inherits from those around it."""

    place: tuple[str, ...]
    clip: Rect
    room: Rect | None
    scrolls: Scrolls
    scroller: int
    opacity: float
    faint: bool
    group: int
    target: int


@dataclass(slots=True)
class _Notes:
    """What was found so far, in the order of painting."""

    texts: list[tuple[int, ShownText]] = field(default_factory=list)
    targets: list[ShownTarget] = field(default_factory=list)
    lists: list[ShownList] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    covers: list[tuple[int, Rect]] = field(default_factory=list)
    painted: int = 0
    loading: bool = False


def gather(window: QQuickWindow) -> Shown:
    """Return what a window shows; of a page under a question that must be answered first, only the question."""
    notes = _walked(window)
    texts = tuple(replace(text, covered=_covered(order, text, notes.covers)) for order, text in notes.texts)
    return Shown(_window_rect(window), texts, tuple(notes.targets), tuple(notes.lists), tuple(notes.broken))


def is_loading(window: QQuickWindow) -> bool:
    """Return whether a picture is still to come."""
    return _walked(window).loading


def scrollers(window: QQuickWindow) -> list[QQuickItem]:
    """Return the areas of the page that scroll up and down and hold more than they show."""
    return [item for item in _visible(window.contentItem()) if item.inherits("QQuickFlickable") and _is_long(item)]


def _is_long(item: QQuickItem) -> bool:
    scrolls = _scrolls(item)
    return scrolls.back or scrolls.forward


def component(item: QQuickItem) -> str:
    """Return the name of an item's QML component."""
    name = item.metaObject().className()
    return name.partition("_QML")[0].removeprefix("QQuick")


def _walked(window: QQuickWindow) -> _Notes:
    notes = _Notes()
    root = next((item for item in _visible(window.contentItem()) if component(item) == MODAL), window.contentItem())
    _note(root, _Around((), _window_rect(window), None, Scrolls(), 0, 1, faint=False, group=0, target=0), notes)
    return notes


def _window_rect(window: QQuickWindow) -> Rect:
    return Rect(0, 0, window.width(), window.height())


def _visible(item: QQuickItem) -> Iterator[QQuickItem]:
    if item.isVisible():
        yield item
        for child in item.childItems():
            yield from _visible(child)


def _note(item: QQuickItem, around: _Around, notes: _Notes) -> None:
    if not item.isVisible() or item.opacity() * around.opacity < 0.02:
        return
    children = sorted(_own(item), key=lambda child: child.z())
    inner = _inside(item, around)
    for child in children:
        if child.z() < 0:
            _note(child, inner, notes)
    notes.painted += 1
    _note_self(item, inner, around, notes)
    for child in children:
        if child.z() >= 0:
            _note(child, inner, notes)


def _own(item: QQuickItem) -> list[QQuickItem]:
    """Return the children of an item without rows that a list has put aside for reuse: they are not painted."""
    view = item.parentItem()
    if view is None or not view.inherits("QQuickItemView"):
        return item.childItems()
    return _rows(view)


def _rows(view: QQuickItem) -> list[QQuickItem]:
    """Return the rows of a list that are there, with its header and footer."""
    rows = [QMetaObject.invokeMethod(view, "itemAtIndex", _AN_ITEM, Q_ARG(int, row)) for row in range(_count(view))]
    return [row for row in [*rows, view.property("headerItem"), view.property("footerItem")] if row]


def _count(view: QQuickItem) -> int:
    return int(view.property("count"))


def _note_self(item: QQuickItem, inner: _Around, around: _Around, notes: _Notes) -> None:
    if item.inherits("QQuickText") or item.inherits("QQuickTextEdit"):
        notes.texts.extend((notes.painted, text) for text in _texts(item, inner))
    elif item.inherits("QQuickRectangle"):
        if _colour(item, "color")[1] * inner.opacity > 0.99:
            notes.covers.append((notes.painted, _rect(item).cut(inner.clip)))
    elif item.inherits("QQuickImage"):
        status = int(_number(item, "status"))
        notes.loading = notes.loading or status == _LOADING
        if status == _PICTURE_ERROR:
            notes.broken.append(str(item.property("source").toString()))
    elif item.inherits("QQuickListView"):
        rows = sorted((_rect(row) for row in _rows(item)), key=lambda row: row.y)
        if _number(item, "orientation") == _UPRIGHT:
            spacing = float(item.property("spacing"))
            notes.lists.append(
                ShownList(
                    name=component(item), view=_rect(item), rows=tuple(rows), spacing=spacing, scrolls=_scrolls(item)
                )
            )
    elif item.isEnabled() and _is_target(item):
        whole = _rect(item)
        visible = whole.cut(inner.clip)
        if not visible.is_empty:
            notes.targets.append(
                ShownTarget(
                    name=_accessible_name(item),
                    kind=component(item),
                    place=_path(inner.place),
                    whole=whole,
                    visible=visible,
                    scroller=around.scroller,
                    id=inner.group,
                    group=around.group,
                )
            )


def _inside(item: QQuickItem, around: _Around) -> _Around:
    """Return what an item hands on to its children, and what holds for its own words."""
    name = component(item)
    place = around.place if name in {"Item", "Column", "Row", "Grid", "Flow", "Loader"} else (*around.place, name)
    clip, scrolls, scroller, room = around.clip, around.scrolls, around.scroller, around.room
    if item.inherits("QQuickFlickable"):
        own = _scrolls(item)
        scrolls = Scrolls(scrolls.across or own.across, scrolls.back or own.back, scrolls.forward or own.forward)
        scroller = getCppPointer(item)[0] if own != Scrolls() else scroller
        room = None
    if item.clip() or item.inherits("QQuickFlickable"):
        clip = clip.cut(_rect(item)) if item.clip() else clip
    if (item.inherits("QQuickRectangle") or is_button(item)) and _has_edge(item):
        room = _rect(item)
    faint = around.faint or (is_button(item) and not item.isEnabled())
    number = getCppPointer(item)[0]
    target = number if is_button(item) else around.target
    return _Around(place, clip, room, scrolls, scroller, around.opacity * item.opacity(), faint, number, target)


def _has_edge(item: QQuickItem) -> bool:
    return not item.inherits("QQuickRectangle") or _colour(item, "color")[1] > 0.02


def _scrolls(flickable: QQuickItem) -> Scrolls:
    """Return what of a scrolling area's content a finger can still bring into sight."""
    if not flickable.property("interactive"):
        return Scrolls()
    before = float(flickable.property("contentY")) - float(flickable.property("originY"))
    margins = float(flickable.property("topMargin")) + float(flickable.property("bottomMargin"))
    whole = float(flickable.property("contentHeight")) + margins - flickable.height()
    return Scrolls(
        across=float(flickable.property("contentWidth")) > flickable.width() + 1,
        back=before > 1,
        forward=whole - before > 1,
    )


def is_button(item: QQuickItem) -> bool:
    """Return whether something is one of Qt's buttons or one of our own."""
    kind = item.metaObject()
    while kind and not kind.className().startswith(_OWN_BUTTON):
        kind = kind.superClass()
    return bool(kind) or item.inherits("QQuickAbstractButton")


def _is_target(item: QQuickItem) -> bool:
    if is_button(item):
        return True
    if not item.inherits("QQuickMouseArea"):
        return False
    found = QAccessible.queryAccessibleInterface(item)
    return bool(found) and found.role() in TOUCHED_ROLES


def _accessible_name(item: QQuickItem) -> str:
    found = QAccessible.queryAccessibleInterface(item)
    return found.text(QAccessible.Text.Name) if found else ""


def _rect(item: QQuickItem) -> Rect:
    return _of(item.mapRectToScene(QRectF(0, 0, item.width(), item.height())))


def _of(rect: QRectF) -> Rect:
    return Rect(rect.x(), rect.y(), rect.width(), rect.height())


def _path(place: tuple[str, ...]) -> str:
    return " › ".join(place[-4:])


def _colour(item: QQuickItem, name: str) -> tuple[Colour, float]:
    found = item.property(name)
    if not isinstance(found, QColor):
        return (0, 0, 0), 0
    return (found.red(), found.green(), found.blue()), found.alphaF()


def _texts(item: QQuickItem, inner: _Around) -> Iterator[ShownText]:
    words = _words(item)
    if not words.strip():
        return
    painted = _painted(item)
    visible = painted.cut(inner.clip)
    if visible.is_empty and inner.scrolls != Scrolls():
        return
    colour, _ = _colour(item, "color")
    font = item.property("font")
    text = ShownText(
        words=words,
        place=_path(inner.place),
        painted=painted,
        visible=visible,
        room=inner.room,
        scrolls=inner.scrolls,
        shortened=bool(item.property("truncated")),
        may_shorten=item.property("maximumLineCount") == 2 and not font.bold() and bool(SUMMARIES & set(inner.place)),
        em=_em(item),
        colour=colour,
        icon=component(item) == "Icon" or DRAWING in inner.place,
        faint=inner.faint,
        target=inner.target,
    )
    lit = _lit(item)
    if lit and _is_all_lit(item):
        yield replace(text, colour=_colour(item, "selectedTextColor")[0])
    else:
        yield text
        if lit and not lit.cut(inner.clip).is_empty:
            ground = lit.cut(inner.clip)
            yield replace(text, again=True, painted=lit, visible=ground, colour=_colour(item, "selectedTextColor")[0])


def _words(item: QQuickItem) -> str:
    if item.inherits("QQuickTextEdit"):
        whole = int(item.property("length"))
        return str(QMetaObject.invokeMethod(item, "getText", Q_RETURN_ARG(str), Q_ARG(int, 0), Q_ARG(int, whole)))
    return str(item.property("text"))


def _is_all_lit(item: QQuickItem) -> bool:
    return int(item.property("selectionEnd")) - int(item.property("selectionStart")) >= int(item.property("length"))


def _lit(item: QQuickItem) -> Rect | None:
    """Return where the lit sentence of a text stands, None if none is lit."""
    if not item.inherits("QQuickTextEdit"):
        return None
    start, end = int(item.property("selectionStart")), int(item.property("selectionEnd"))
    if start == end:
        return None
    first, last = _line(item, start), _line(item, end)
    whole = QRectF(0, first.y(), item.width(), last.bottom() - first.y())
    if first.y() == last.y():
        whole = first.united(last)
    return _of(item.mapRectToScene(whole))


def _line(item: QQuickItem, position: int) -> QRectF:
    found = QMetaObject.invokeMethod(
        item, "positionToRectangle", Qt.ConnectionType.DirectConnection, Q_RETURN_ARG(QRectF), Q_ARG(int, position)
    )
    assert isinstance(found, QRectF)
    return found


def _em(item: QQuickItem) -> float:
    """Return the size that letters were painted in, which is smaller than asked for where they had to fit."""
    fitted = item.inherits("QQuickText") and _number(item, "fontSizeMode") > 0
    return _number(item, "fontInfo.pixelSize" if fitted else "font.pixelSize")


def _number(item: QQuickItem, expression: str) -> float:
    """Return a number as QML sees it: Python has no words for the enumerations of QML's own items."""
    found, _ = QQmlExpression(QQmlEngine.contextForObject(item), item, f"Number({expression})").evaluate()
    return float(found)


def _painted(item: QQuickItem) -> Rect:
    """Return where the letters of a text are."""
    left, right, top, bottom = (
        float(item.property(f"{side}Padding") or 0) for side in ("left", "right", "top", "bottom")
    )
    width, height = float(item.property("contentWidth")), float(item.property("contentHeight"))
    room_across, room_down = item.width() - left - right - width, item.height() - top - bottom - height
    across = {Qt.AlignmentFlag.AlignRight.value: 1.0, Qt.AlignmentFlag.AlignHCenter.value: 0.5}
    down = {Qt.AlignmentFlag.AlignBottom.value: 1.0, Qt.AlignmentFlag.AlignVCenter.value: 0.5}
    x = left + room_across * across.get(int(_number(item, "effectiveHorizontalAlignment")), 0.0)
    y = top + room_down * down.get(int(_number(item, "verticalAlignment")), 0.0)
    return _of(item.mapRectToScene(QRectF(x, y, width, height)))


def _covered(order: int, text: ShownText, covers: list[tuple[int, Rect]]) -> float:
    """Return the px² of a text over which something is painted, overlapping covers counted once at most each."""
    overlaps = [text.visible.cut(cover) for later, cover in covers if later > order]
    return max((overlap.width * overlap.height for overlap in overlaps if not overlap.is_empty), default=0)
