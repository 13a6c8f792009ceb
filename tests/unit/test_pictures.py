"""Pictures and recordings: small ones as they are, large ones drawn smaller, others refused before they cost memory."""

import io

import pytest
from PIL import Image

from content_packs.errors import PackFormatError, PackLimitError
from content_packs.limits import PICTURE_BYTES, RECORDING_BYTES, SHOWN_WIDTH_PX
from content_packs.pictures import prepare_picture, recording_type
from tests.fakes.publisher import a_head_only_png, a_png

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="red"/></svg>'


def picture(kind: str, size: tuple[int, int] = (40, 20), mode: str = "RGB", **options: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "red").save(out, kind, **options)
    return out.getvalue()


@pytest.mark.parametrize(("kind", "media_type"), [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("WEBP", "image/webp")])
def test_a_small_picture_stays_as_it_is(kind: str, media_type: str) -> None:
    data = picture(kind)
    found = prepare_picture(data, "a.x")
    assert (found.data, found.media_type, found.width, found.height) == (data, media_type, 40, 20)


@pytest.mark.parametrize(("mode", "media_type"), [("RGB", "image/jpeg"), ("RGBA", "image/png"), ("P", "image/jpeg")])
def test_a_wide_picture_is_drawn_smaller_and_always_the_same(mode: str, media_type: str) -> None:
    data = picture("PNG", (3200, 100), mode)
    found = prepare_picture(data, "a.png")
    assert (found.media_type, found.width, found.height) == (media_type, SHOWN_WIDTH_PX, 50)
    assert prepare_picture(data, "a.png") == found
    with Image.open(io.BytesIO(found.data)) as image:
        assert image.size == (SHOWN_WIDTH_PX, 50)


def test_a_very_flat_picture_keeps_one_line() -> None:
    assert prepare_picture(picture("PNG", (8000, 1)), "a.png").height == 1


def test_the_camera_says_nothing_about_its_owner() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "secret maker"
    found = prepare_picture(picture("JPEG", exif=exif.tobytes()), "a.jpg")
    assert b"secret" not in found.data
    assert (found.width, found.height) == (20, 40)


def test_svg_is_drawn_at_twice_its_size() -> None:
    found = prepare_picture(SVG, "a.SVG")
    assert (found.media_type, found.width, found.height) == ("image/png", 80, 40)
    assert prepare_picture(SVG, "a.SVG") == found
    only_box = SVG.replace(b'width="40" height="20">', b'viewBox="0 0 40 20">', 1)
    assert prepare_picture(only_box, "a.svg").width == 80
    assert (
        prepare_picture(SVG.replace(b'="40" height="20">', b'="4000" height="20">', 1), "a.svg").width == SHOWN_WIDTH_PX
    )


@pytest.mark.parametrize(
    "inside",
    [
        '<image href="file:///etc/passwd"/>',
        "<text>字</text>",
        '<style>@import "x.css"</style>',
        '<rect fill="url(http://evil.cn/a)"/>',
        "<foreignObject/>",
    ],
)
def test_svg_reads_nothing_else_and_uses_no_font(inside: str) -> None:
    with pytest.raises(PackFormatError) as refusal:
        prepare_picture(SVG.replace(b"</svg>", inside.encode() + b"</svg>"), "a.svg")
    assert refusal.value.telephone_code == "P-113"


def test_svg_may_refer_to_itself() -> None:
    inside = b'<defs><linearGradient id="g"/></defs><rect fill="url(#g)" width="4" height="4"/></svg>'
    assert prepare_picture(SVG.replace(b"</svg>", inside), "a.svg").width == 80


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no picture",
        a_png()[:60],
        b"GIF89a" + b"\0" * 40,
        b"\x89PNG\r\n\x1a\n" + b"\0" * 40,
    ],
)
def test_what_is_no_picture(data: bytes) -> None:
    with pytest.raises(PackFormatError, match="不是能显示的图片"):
        prepare_picture(data, "a.png")


@pytest.mark.parametrize(
    "data", [b"<svg/>", b"text", b"\xff", b'<svg width="0" height="1">', b'<svg width="9" height="9"><rect</svg>']
)
def test_what_is_no_svg(data: bytes) -> None:
    with pytest.raises(PackFormatError, match="不是能显示的图片"):
        prepare_picture(data, "a.svg")


@pytest.mark.parametrize(("width", "height"), [(20_000, 20_000), (8_001, 1), (8_000, 5_001), (12_000, 9_000)])
def test_too_many_pixels_are_refused_by_the_head(width: int, height: int) -> None:
    with pytest.raises(PackLimitError, match="像素太多"):
        prepare_picture(a_head_only_png(width, height), "a.png")


def test_too_many_pixels_in_an_svg() -> None:
    for size in (b'width="20000" height="20000"', b'width="1" height="7000"'):
        with pytest.raises(PackLimitError, match="像素太多"):
            prepare_picture(SVG.replace(b'width="40" height="20"', size, 1), "a.svg")


def test_too_many_bytes() -> None:
    with pytest.raises(PackLimitError, match="太大"):
        prepare_picture(b"\0" * (PICTURE_BYTES + 1), "a.png")
    with pytest.raises(PackLimitError, match="太大"):
        recording_type(b"\0" * (RECORDING_BYTES + 1), "a.mp3")


def test_recordings_are_known_by_their_first_bytes() -> None:
    assert recording_type(b"OggS\0", "a.ogg") == "audio/ogg"
    assert recording_type(b"ID3\x04", "a.mp3") == "audio/mpeg"
    assert recording_type(b"\xff\xfb\x90", "a.mp3") == "audio/mpeg"
    for data in (b"", b"\xff", b"RIFF", b"\xff\x00\x00"):
        with pytest.raises(PackFormatError, match="mp3 或 ogg"):
            recording_type(data, "a.mp3")
