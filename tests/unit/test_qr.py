import sys
from subprocess import run

import pytest
import qrcode.main
from hypothesis import given, settings
from hypothesis import strategies as st

from content_packs.errors import PackFormatError, SiteError
from kiosk.qr import TEXT_LIMIT_BYTES, Level, home_words, matrix, paper_matrix, text_matrix

PORTAL = "https://si.12333.gov.cn"


@pytest.mark.parametrize(
    "payload",
    [
        PORTAL,
        "http://weixin.qq.com/r/abcDEF_-123",
        "http://weixin.qq.com/q/02AbC",
        "https://mp.weixin.qq.com/s/abc",
        "https://www.gov.cn/?q=%E5%85%BB%E8%80%81&a=1",
        "tel:12345",
    ],
)
@pytest.mark.parametrize("level", Level)
def test_what_a_publisher_gave_becomes_a_square_code(payload, level):
    modules = matrix(payload, level)
    assert {len(row) for row in modules} == {len(modules)}
    assert modules[0][:7] == (True,) * 7


def test_paper_gets_a_stronger_code_than_the_screen():
    assert len(matrix(PORTAL, Level.Q)) > len(matrix(PORTAL, Level.M))


def test_paper_gets_level_q_as_long_as_its_modules_stay_large():
    short, long = "https://www.gov.cn/".ljust(60, "a"), "https://www.gov.cn/".ljust(61, "a")
    assert paper_matrix(short) == matrix(short, Level.Q)
    assert paper_matrix(long) == matrix(long, Level.M)


def test_sixty_bytes_at_q_fit_a_narrow_ticket():
    assert len(matrix("https://www.gov.cn/".ljust(60, "a"), Level.Q)) + 8 <= 48


@pytest.mark.parametrize(
    "payload",
    [
        "",
        "https://example.com",
        "https://gov.cn.example.com",
        "http://si.12333.gov.cn",
        "https://user@si.12333.gov.cn",
        "weixin://dl/business/?t=abc",
        "javascript:alert(1)",
        "养老金",
    ],
)
def test_nothing_else_does(payload):
    with pytest.raises(PackFormatError) as caught:
        matrix(payload)
    assert caught.value.why
    assert caught.value.telephone_code == "P-115"


def test_the_publishers_own_host_is_allowed_for_its_pack_only():
    own = "https://www.example.cn/a"
    assert matrix(own, allowed_hosts=("www.example.cn",))
    with pytest.raises(PackFormatError):
        matrix(own, allowed_hosts=("example.cn",))


def test_a_code_that_reads_as_something_else_is_not_shown(monkeypatch):
    def another(code, *_):
        code.data_list.clear()
        encode(code, b"https://evil.example")

    encode = qrcode.main.QRCode.add_data
    monkeypatch.setattr(qrcode.main.QRCode, "add_data", another)
    with pytest.raises(SiteError) as caught:
        matrix(PORTAL)
    assert PORTAL not in str(caught.value)


def test_a_code_that_cannot_be_read_is_not_shown(monkeypatch):
    monkeypatch.setattr(qrcode.main.QRCode, "get_matrix", lambda _code: [[False] * 29] * 29)
    with pytest.raises(SiteError, match="M-360"):
        matrix(PORTAL)


@settings(max_examples=25, deadline=None)
@given(st.from_regex(r"https://[a-z]{1,10}\.gov\.cn/[A-Za-z0-9/_.-]{0,80}", fullmatch=True))
def test_whatever_is_shown_was_read_back(payload):
    try:
        assert matrix(payload, Level.M)
    except PackFormatError as error:
        assert error.why  # noqa: PT017


def test_plain_words_for_telephones_without_data():
    words = home_words("养老金怎么领", ["身份证", "社保卡"], "12333", "国发〔2014〕8号")
    assert words == "养老金怎么领\n国发〔2014〕8号\n带：身份证、社保卡\n电话12333"
    assert len(text_matrix(words)) <= 45


def test_what_does_not_fit_is_left_out_whole():
    materials = [f"第{number}份很长的材料名称" for number in range(6)]
    words = home_words("养老金怎么领", materials, "12333", "国发〔2014〕8号")
    assert len(words.encode()) <= TEXT_LIMIT_BYTES
    assert words == "养老金怎么领\n带：第0份很长的材料名称、第1份很长的材料名称\n电话12333"


def test_a_title_that_is_too_long_alone_is_cut_before_the_number():
    words = home_words("很" * 120, ["身份证"], "12333")
    assert words.endswith("很\n电话12333")
    assert TEXT_LIMIT_BYTES - 3 < len(words.encode()) <= TEXT_LIMIT_BYTES


def test_words_without_anything_but_a_title():
    assert home_words("办法", []) == "办法"


@given(st.text(max_size=60), st.lists(st.text(max_size=30), max_size=6), st.text("0123456789-", max_size=20))
def test_home_words_always_fit(title, materials, phone):
    words = home_words(title, materials, phone)
    assert len(words.encode()) <= TEXT_LIMIT_BYTES
    assert phone in words


@pytest.mark.parametrize("words", ["", "长" * 41, "tel:12345", " https://www.gov.cn", "WIFI:S:a;;", "见 http://a"])
def test_words_that_a_telephone_would_open_are_refused(words):
    with pytest.raises(PackFormatError):
        text_matrix(words)


def test_the_start_of_the_kiosk_does_not_pay_for_codes():
    script = "import sys, kiosk.qr; print(sorted({'qrcode', 'zxingcpp', 'PIL', 'numpy'} & set(sys.modules)))"
    assert run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_reading_back_needs_no_numpy():
    script = "import sys\nfrom kiosk.qr import matrix\nmatrix('tel:12345')\nprint('numpy' in sys.modules)"
    assert run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.strip() == "False"
