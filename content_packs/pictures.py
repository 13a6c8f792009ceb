"""Pictures and recordings of a source → the bytes that a kiosk shows and plays.

Sizes are read from a file's head and refused before a single pixel is decoded. What is kept depends only on the bytes
that came in: PNG and JPEG stay as they are unless they are too wide or carry data about the camera and its owner.
"""

import io
import re
import struct
import warnings
import zlib

import resvg_py
from msgspec import Struct
from PIL import Image, ImageOps

from content_packs.errors import PackFormatError, PackLimitError
from content_packs.limits import PICTURE_BYTES, PICTURE_PIXELS, PICTURE_SIDE_PX, RECORDING_BYTES, SHOWN_WIDTH_PX

PICTURE_SUFFIXES = (".png", ".jpg", ".jpeg", ".webp", ".svg")
RECORDING_SUFFIXES = (".mp3", ".ogg")

_FORMATS = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}
_SVG_ZOOM = 2
_SVG_HEAD = re.compile(r"<svg\b(?P<attributes>[^>]*)>", re.DOTALL)
_SVG_LENGTH = re.compile(r"""\b(?P<name>width|height)\s*=\s*["']\s*(?P<number>\d+(?:\.\d+)?)(?:px)?\s*["']""")
_SVG_VIEW_BOX = re.compile(r"""\bviewBox\s*=\s*["']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+(?P<w>[\d.]+)[\s,]+(?P<h>[\d.]+)""")
_SVG_OUTSIDE = re.compile(r"<!ENTITY|<!DOCTYPE|<image\b|<foreignObject\b|@import|url\(\s*[\"']?(?!#)", re.IGNORECASE)
_SVG_TEXT = re.compile(r"<text\b", re.IGNORECASE)
_JPEG_QUALITY = 88


class StoredPicture(Struct, frozen=True):
    """A picture as it travels. Width and height in pixels of ``data``."""

    data: bytes
    media_type: str
    width: int
    height: int


def prepare_picture(data: bytes, name: str) -> StoredPicture:
    """Return the picture that a kiosk shows, at most `SHOWN_WIDTH_PX` wide; the same bytes for the same input.

    Args:
        data: The whole file.
        name: Its name, for the error and to know an SVG.

    Raises:
        PackLimitError: Too many bytes or pixels.
        PackFormatError: Not a picture, or not one that can be drawn the same everywhere.
    """
    if len(data) > PICTURE_BYTES:
        raise PackLimitError(f"图片 {name} 太大。", why=f"{len(data)} 字节", todo="一张图片最多 12 MiB，请压缩后再放。")
    try:
        return _drawn(data, name) if name.lower().endswith(".svg") else _photographed(data, name)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels(name, "") from error
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, struct.error, zlib.error) as error:
        raise _no_picture(name, str(error)) from error


def recording_type(data: bytes, name: str) -> str:
    """Return the media type of a recording, judged by its first bytes.

    Raises:
        PackLimitError: Too many bytes.
        PackFormatError: Neither mp3 nor ogg.
    """
    if len(data) > RECORDING_BYTES:
        raise PackLimitError(f"录音 {name} 太大。", why=f"{len(data)} 字节", todo="一段录音最多 20 MiB。")
    if data.startswith(b"OggS"):
        return "audio/ogg"
    if data.startswith(b"ID3") or (len(data) > 1 and data[0] == 0xFF and data[1] & 0xE6 == 0xE2):  # noqa: PLR2004
        return "audio/mpeg"
    raise PackFormatError(f"{name} 不是 mp3 或 ogg 录音。", todo="请换成 mp3 或 ogg 文件。", code="P-114")


def _photographed(data: bytes, name: str) -> StoredPicture:
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(io.BytesIO(data), formats=list(_FORMATS)) as image:
            _require_size(name, *image.size)
            kind = str(image.format)
            animated = getattr(image, "n_frames", 1) > 1
            carries_data = bool(image.getexif()) or "xmp" in image.info or "comment" in image.info
            image.load()
            if image.width <= SHOWN_WIDTH_PX and not animated and not carries_data:
                return StoredPicture(data, _FORMATS[kind], image.width, image.height)
            return _redrawn(ImageOps.exif_transpose(image))


def _redrawn(image: Image.Image) -> StoredPicture:
    """Write a picture anew: upright, not too wide, without a word about the camera."""
    if image.width > SHOWN_WIDTH_PX:
        height = max(1, round(image.height * SHOWN_WIDTH_PX / image.width))
        mode = "RGBA" if image.has_transparency_data else "RGB"
        image = image.convert(mode).resize((SHOWN_WIDTH_PX, height), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    if image.has_transparency_data:
        image.convert("RGBA").save(out, "PNG")
        return StoredPicture(out.getvalue(), "image/png", image.width, image.height)
    image.convert("RGB").save(out, "JPEG", quality=_JPEG_QUALITY, exif=b"")
    return StoredPicture(out.getvalue(), "image/jpeg", image.width, image.height)


def _drawn(data: bytes, name: str) -> StoredPicture:
    """Draw an SVG at twice its size. Nothing outside the file is read, no font of this machine is used."""
    text = data.decode("utf-8")
    head = _SVG_HEAD.search(text)
    if not head:
        raise _no_picture(name, "没有 <svg>")
    if _SVG_OUTSIDE.search(text):
        raise PackFormatError(
            f"图片 {name} 引用了文件以外的东西。", todo="请把 SVG 里的位图、引用和 DOCTYPE 去掉。", code="P-113"
        )
    if _SVG_TEXT.search(text):
        raise PackFormatError(
            f"图片 {name} 里有文字对象。", todo="请先把文字转成曲线，各台机器画出来才一样。", code="P-113"
        )
    width, height = _svg_size(head["attributes"], name)
    _require_size(name, round(width), round(height))
    target = max(1, min(SHOWN_WIDTH_PX, round(width * _SVG_ZOOM)))
    _require_size(name, target, round(height * target / width))
    drawn = bytes(resvg_py.svg_to_bytes(svg_string=text, width=target, skip_system_fonts=True))
    with Image.open(io.BytesIO(drawn), formats=["PNG"]) as image:
        return StoredPicture(drawn, "image/png", image.width, image.height)


def _svg_size(attributes: str, name: str) -> tuple[float, float]:
    lengths = {found["name"]: float(found["number"]) for found in _SVG_LENGTH.finditer(attributes)}
    box = _SVG_VIEW_BOX.search(attributes)
    width = lengths.get("width") or (float(box["w"]) if box else 0)
    height = lengths.get("height") or (float(box["h"]) if box else 0)
    if not width or not height:
        raise _no_picture(name, "<svg> 没有 width、height 或 viewBox")
    return width, height


def _require_size(name: str, width: int, height: int) -> None:
    if max(width, height) > PICTURE_SIDE_PX or width * height > PICTURE_PIXELS:
        raise _too_many_pixels(name, f"{width}×{height}")


def _too_many_pixels(name: str, size: str) -> PackLimitError:
    return PackLimitError(
        f"图片 {name} 的像素太多。", why=size, todo="最长边 8000、总共 4000 万像素以内，请缩小后再放。", code="P-121"
    )


def _no_picture(name: str, why: str) -> PackFormatError:
    return PackFormatError(
        f"{name} 不是能显示的图片。", why=why, todo="请换成 png、jpg、webp 或 svg 图片。", code="P-113"
    )
