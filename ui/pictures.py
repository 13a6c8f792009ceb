"""Pictures for QML: those of packs, decoded on Qt's loader thread, and what was drawn for the person who is here."""

import logging
from collections.abc import Callable, Mapping
from types import MappingProxyType

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader
from PySide6.QtQuick import QQuickImageProvider
from typing_extensions import override

from content_packs.errors import KioskError

_log = logging.getLogger(__name__)


class PackPictures(QQuickImageProvider):
    """``image://media/PACK/SHA256``: a picture of an active pack, no larger than it is shown.

    Args:
        media: Returns the bytes of a pack and hash.
    """

    def __init__(self, media: Callable[[str, str], bytes]) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image, QQuickImageProvider.Flag.ForceAsynchronousImageLoading)
        self._media = media

    @override
    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:
        pack, _, sha256 = id.partition("/")
        try:
            data = self._media(pack, sha256)
        except KioskError as error:
            _log.warning("a picture is missing: %s", error)
            return QImage()
        image = _decoded(data, requestedSize)
        size.setWidth(image.width())
        size.setHeight(image.height())
        return image


class DrawnPictures(QQuickImageProvider):
    """``image://drawn/NAME``: what was drawn for the person who is here; forgotten when it is replaced."""

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)
        self._kept: Mapping[str, QImage] = MappingProxyType({})

    def keep(self, pictures: Mapping[str, QImage]) -> None:
        """Keep these pictures and no others."""
        self._kept = MappingProxyType(dict(pictures))

    @override
    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:
        image = self._kept.get(id, QImage())
        size.setWidth(image.width())
        size.setHeight(image.height())
        return image


def _decoded(data: bytes, wanted: QSize) -> QImage:
    """Return a picture at the size it is wanted in, or smaller; a dimension of 0 follows from the other."""
    store = QByteArray(data)
    buffer = QBuffer(store)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    stored = reader.size()
    if stored.isValid() and 0 < wanted.width() < stored.width():
        reader.setScaledSize(stored.scaled(wanted.width(), stored.height(), Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()
