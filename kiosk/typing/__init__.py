"""Typing Chinese by its sound: from letters to candidates."""

from kiosk.typing.keyboard import Keyboard

__all__ = ["Keyboard"]
