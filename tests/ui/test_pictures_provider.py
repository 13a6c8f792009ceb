"""Pictures for QML: from packs at the size they are shown in, and drawn ones until they are forgotten."""

import logging
from io import BytesIO

import pytest
from PIL import Image
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage

from content_packs.errors import PackIntegrityError
from ui.pictures import DrawnPictures, PackPictures

pytestmark = [pytest.mark.ui, pytest.mark.usefixtures("qapp")]


def a_png(width=400, height=200) -> bytes:
    store = BytesIO()
    Image.new("RGB", (width, height), "#B3321F").save(store, "PNG")
    return store.getvalue()


def media(pack: str, sha256: str) -> bytes:
    if (pack, sha256) != ("cn.test.pack", "a" * 64):
        raise PackIntegrityError("没有", why=sha256)
    return a_png()


@pytest.mark.parametrize(
    ("wanted", "size"), [(QSize(100, 0), (100, 50)), (QSize(800, 0), (400, 200)), (QSize(), (400, 200))]
)
def test_a_picture_of_a_pack_is_never_larger_than_it_is_shown(wanted, size):
    told = QSize()
    image = PackPictures(media).requestImage("cn.test.pack/" + "a" * 64, told, wanted)
    assert (image.width(), image.height()) == size
    assert (told.width(), told.height()) == size
    assert image.pixelColor(5, 5) == QColor("#B3321F")


def test_a_picture_that_is_missing_is_empty_and_noted(caplog):
    with caplog.at_level(logging.WARNING):
        assert PackPictures(media).requestImage("cn.test.pack/unknown", QSize(), QSize()).isNull()
    assert "missing" in caplog.text


def test_what_is_no_picture_is_empty():
    pictures = PackPictures(lambda pack, sha256: b"no picture at all")
    assert pictures.requestImage("a/b", QSize(), QSize(50, 0)).isNull()


def test_drawn_pictures_are_forgotten_when_others_are_kept():
    pictures = DrawnPictures()
    first = QImage(3, 3, QImage.Format.Format_RGB32)
    pictures.keep({"1/slip": first})
    assert pictures.requestImage("1/slip", QSize(), QSize()).size() == QSize(3, 3)
    pictures.keep({})
    assert pictures.requestImage("1/slip", QSize(), QSize()).isNull()
