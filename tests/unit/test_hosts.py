"""What a code may open."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content_packs.hosts import host_in_words, host_is_allowed, host_of, is_host_name, link_refusal, payload_refusal

OWN = ("www.example.cn",)


@pytest.mark.parametrize(
    "payload",
    [
        "https://www.gov.cn/zhengce/1.htm",
        "https://si.12333.gov.cn",
        "HTTPS://SI.12333.GOV.CN/",
        "https://gov.cn",
        "https://www.example.cn/a?b=c#d",
        "https://mp.weixin.qq.com/s/Abc_-9",
        "https://weixin.qq.com/q/02abc",
        "http://weixin.qq.com/r/AbC-_9",
        "http://weixin.qq.com/q/02AbC",
        "tel:12333",
        "tel:0591-1234567",
        "TEL:+8610",
    ],
)
def test_acceptable(payload: str) -> None:
    assert payload_refusal(payload, OWN) == ""
    assert host_in_words(payload)


@pytest.mark.parametrize(
    ("payload", "because"),
    [
        ("http://www.gov.cn/", "https"),
        ("http://mp.weixin.qq.com/s/x", "https"),
        ("http://weixin.qq.com/x/AbC", "关注码"),
        ("http://weixin.qq.com/r/", "关注码"),
        ("https://evil.cn/", "范围"),
        ("https://gov.cn.evil.cn/", "范围"),
        ("https://evilgov.cn/", "范围"),
        ("https://sub.www.example.cn/", "范围"),
        ("https://sub.mp.weixin.qq.com/", "范围"),
        ("https://qq.com/", "范围"),
        ("https://wxaurl.cn/abc", "范围"),
        ("https://xn--fiqs8s.gov.cn/", "范围"),
        ("https://www.gov.cn./", "范围"),
        ("https://127.0.0.1/", "范围"),
        ("https://[::1]/", "范围"),
        ("https://", "范围"),
        ("https://user@www.gov.cn/", "账号"),
        ("https://www.gov.cn:pass@evil.cn/", "账号"),
        ("https://www.gov.cn:8443/", "账号"),
        ("https://www.gov.cn:/", "账号"),
        ("https://evil.cn\\.gov.cn/", "账号"),
        ("https://www.gov.cn:99999/", "写法"),
        ("https://www.gov.cn/办事", "编码"),
        ("https://www.gov.cn/a b", "编码"),
        ("https://www.gov.cn/\n", "编码"),
        ("https://www.gov.cn/" + "a" * 600, "太长"),
        ("weixin://dl/business/?t=abc", "小程序"),
        ("#小程序://x/abc", "小程序"),
        ("javascript:alert(1)", "https"),
        ("www.gov.cn", "https"),
        ("", "编码"),
        ("tel:", "电话"),
        ("tel:12333;ext=1", "电话"),
        ("tel:*#06#", "电话"),
    ],
)
def test_refused(payload: str, because: str) -> None:
    assert because in payload_refusal(payload, OWN)


def test_a_source_may_be_http() -> None:
    assert link_refusal("http://www.gov.cn/zhengce/1.htm") == ""
    assert "范围" in link_refusal("http://example.com/")


def test_words_below_the_code() -> None:
    assert host_in_words("tel:12333") == "拨打 12333"
    assert host_in_words("https://mp.weixin.qq.com/s/x") == "打开微信（mp.weixin.qq.com）"
    assert host_in_words("https://si.12333.gov.cn/x") == "打开政府网站 si.12333.gov.cn"
    assert host_in_words("https://www.example.cn/") == "打开网站 www.example.cn"
    assert host_in_words("no host") == ""
    assert host_of("https://[bad") == ""


def test_host_names() -> None:
    assert is_host_name("a-b.cn")
    for host in ("", "cn", "-a.cn", "a-.cn", "a..cn", "A.cn", "a_b.cn", "a.cn/", "xn--a.cn", "1.2.3.4"):
        assert not is_host_name(host)
        assert not host_is_allowed(host, {host})


@settings(deadline=None)
@given(st.text(max_size=60))
def test_only_an_allowed_host_is_ever_accepted(rest: str) -> None:
    payload = f"https://{rest}"
    if payload_refusal(payload) == "":
        host = host_of(payload)
        assert host == "gov.cn" or host.endswith(".gov.cn") or host in {"weixin.qq.com", "mp.weixin.qq.com"}
