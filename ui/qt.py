"""Qt's decorators for QML with their true types: the stubs of PySide6 6.8 know `Property` only as a call."""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar, cast

from PySide6 import QtCore, QtQml

_F = TypeVar("_F", bound=Callable[..., Any])
_C = TypeVar("_C", bound=type)


class _PropertyDecorator(Protocol):
    def __call__(self, kind: type | str, *, notify: object = ..., constant: bool = ...) -> Callable[[_F], _F]: ...


class _ClassDecorator(Protocol):
    def __call__(self, reason: str) -> Callable[[_C], _C]: ...


Property = cast(_PropertyDecorator, QtCore.Property)
QmlUncreatable = cast(_ClassDecorator, QtQml.QmlUncreatable)
