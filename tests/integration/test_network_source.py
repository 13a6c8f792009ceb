"""A repository over lines and servers that misbehave, byte for byte."""

import base64
import gzip
import time

import pytest

from content_packs.errors import CancelledError
from content_packs.progress import CancelToken
from sync.line import Patience
from sync.network import HttpSource, Line
from sync.source import SourceGoneError, SourceMissingError, SourceWrongError
from tests.fakes import web

QUICK = Patience(attempts=3, first_s=0.01, longest_s=0.02, connect_s=2, silence_s=0.5)
DATA = bytes(range(256)) * 1000
ALL = len(DATA)


def a_source(server, **changes):
    patience = changes.pop("patience", QUICK)
    return HttpSource(server.url, line=Line(patience=patience, **changes))


def read(source, start=0, length=ALL, validator=None):
    with source.open_range("b.bundle", start, length, validator) as reply:
        return reply.start, b"".join(reply.chunks())


def test_a_small_file_comes_whole():
    with web.scripted(web.serves(DATA)) as server:
        source = a_source(server)
        assert source.fetch("b.bundle", len(DATA)) == DATA
        assert (source.requests, source.received) == (1, len(DATA))
        assert "Accept-Encoding: identity" in server.heads[0]
        assert "Range" not in server.heads[0]
        assert (source.label, source.is_stick) == (f"127.0.0.1:{server.port}", False)


def test_an_empty_file_is_empty():
    with web.scripted(web.serves(b"")) as server:
        assert a_source(server).fetch("b.bundle", 10) == b""


def test_a_line_that_breaks_again_and_again_costs_no_byte_twice():
    with web.scripted(web.serves(DATA, cut_after=10_000)) as server:
        source = a_source(server)
        assert source.fetch("b.bundle", len(DATA)) == DATA
        assert source.received == len(DATA)
        assert source.requests == 26
        assert 'If-Range: "one"' in server.heads[1]


def test_a_range_that_breaks_goes_on_at_the_byte():
    with web.scripted(web.serves(DATA, cut_after=5_000), web.hangs_up, web.serves(DATA)) as server:
        source = a_source(server)
        assert read(source, 100, 50_000) == (100, DATA[100:50_100])
        assert source.received == 50_000
        assert "Range: bytes=100-16483" in server.heads[0]
        assert "Range: bytes=5100-16483" in server.heads[2]
        assert "Range: bytes=16484-50099" in server.heads[3], "the line is fast: all of the rest at once"
        assert "If-Range" not in server.heads[2], "a hash proves the bytes, so the same bytes put there anew will do"


def test_a_small_file_that_is_replaced_while_it_comes_is_fetched_anew():
    new = b"n" * 5000
    with web.scripted(web.serves(DATA, cut_after=10_000), web.serves(new, etag='"two"')) as server:
        assert a_source(server).fetch("b.bundle", len(DATA)) == new


def test_a_weak_etag_is_no_ground_to_go_on():
    with web.scripted(web.serves(DATA, cut_after=10_000, etag='W/"one"'), web.serves(DATA, etag='W/"one"')) as server:
        source = a_source(server)
        assert source.fetch("b.bundle", len(DATA)) == DATA
        assert "Range" not in server.heads[1]
        assert source.received == len(DATA) + 10_000


def test_a_file_that_changes_for_ever_is_given_up():
    tags = iter(range(1000))

    def another(connection, head):
        web.serves(DATA, cut_after=10, etag=f'"{next(tags)}"')(connection, head)

    with web.scripted(another) as server, pytest.raises(SourceGoneError):
        a_source(server).fetch("b.bundle", len(DATA))


def test_a_pinned_range_starts_over_when_the_file_has_changed():
    with web.scripted(web.serves(DATA, etag='"two"')) as server:
        assert read(a_source(server), 100, 50, '"one"') == (0, DATA[:50])


def test_a_pinned_range_goes_on_when_the_file_is_the_same():
    with web.scripted(web.serves(DATA)) as server, a_source(server).open_range("b.bundle", 9, 50, '"one"') as reply:
        assert (reply.start, reply.validator, b"".join(reply.chunks())) == (9, '"one"', DATA[9:59])


def test_a_pinned_range_whose_file_changes_on_the_way_ends():
    with (
        web.scripted(web.serves(DATA, cut_after=10), web.serves(DATA, etag='"two"')) as server,
        pytest.raises(SourceGoneError) as caught,
    ):
        read(a_source(server), 100, 5000, '"one"')
    assert caught.value.what == "来源里的文件换了。"


def test_a_server_without_ranges_is_read_over():
    with web.scripted(
        web.serves(DATA, cut_after=70_000, knows_ranges=False), web.serves(DATA, knows_ranges=False)
    ) as server:
        assert read(a_source(server), 60_000, 50_000) == (60_000, DATA[60_000:110_000])


def test_an_endless_body_is_read_to_its_limit_and_no_further():
    with web.scripted(web.never_ends) as server:
        source = a_source(server)
        with pytest.raises(SourceWrongError) as caught:
            source.fetch("metadata/timestamp.json", 16_384)
        assert caught.value.telephone_code == "S-217"
        assert source.received == 16_385


def test_a_trickle_is_given_up():
    slow = Patience(attempts=3, first_s=0.01, floor_bytes=10_000, floor_s=0.1, slow_times=3)
    with web.scripted(web.trickles) as server, pytest.raises(SourceGoneError) as caught:
        a_source(server, patience=slow).fetch("b.bundle", 100_000)
    assert len(server.heads) == 3
    assert "慢" in caught.value.why


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "307 T", "308 P", "511 Network Authentication Required"])
def test_a_redirect_is_told_and_not_followed(status):
    with (
        web.scripted(web.says("200 OK", b"lured")) as elsewhere,
        web.scripted(web.says(status, Location=elsewhere.url)) as server,
    ):
        with pytest.raises(SourceWrongError) as caught:
            a_source(server).fetch("b.bundle", 100)
        assert caught.value.telephone_code == "S-213"
        assert elsewhere.heads == []


@pytest.mark.parametrize("kind", ["text/html; charset=utf-8", "application/json"])
def test_a_login_page_that_says_200_is_told_as_such(kind):
    page = b"\n <!DOCTYPE html><title>WiFi</title>"
    with web.scripted(web.says("200 OK", page, Content_Type=kind)) as server, pytest.raises(SourceWrongError) as caught:
        a_source(server).fetch("metadata/timestamp.json", 10_000)
    assert caught.value.telephone_code == "S-213"


def test_a_login_page_in_place_of_a_bundle_is_told_as_such():
    with web.scripted(web.says("200 OK", b"<html>", Content_Type="text/html")) as server:
        with pytest.raises(SourceWrongError) as caught:
            read(a_source(server))
        assert caught.value.telephone_code == "S-213"


def test_a_gzip_bomb_is_not_even_read():
    bomb = gzip.compress(bytes(100_000_000))
    with web.scripted(web.says("200 OK", bomb, Content_Encoding="gzip")) as server:
        source = a_source(server)
        with pytest.raises(SourceWrongError) as caught:
            source.fetch("metadata/timestamp.json", 10_000)
        assert caught.value.telephone_code == "S-214"
        assert source.received == 0


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone"])
def test_a_missing_file_is_missing_at_once(status):
    with web.scripted(web.says(status, b"<html>no</html>", Content_Type="text/html")) as server:
        with pytest.raises(SourceMissingError):
            a_source(server).fetch("metadata/9.root.json", 100)
        assert len(server.heads) == 1


def test_a_missing_file_does_not_cost_a_connection():
    connections = []

    def twice(connection, head):
        connections.append(connection)
        web.says("404 Not Found", b"no", Connection="keep-alive")(connection, head)
        connection.recv(4096)
        web.says("200 OK", b"yes")(connection, head)

    with web.scripted(twice) as server:
        source = a_source(server)
        with pytest.raises(SourceMissingError):
            source.fetch("metadata/9.root.json", 100)
        assert source.fetch("metadata/timestamp.json", 100) == b"yes"
        assert len(connections) == 1
        source.close()


@pytest.mark.parametrize("status", ["403 Forbidden", "401 Unauthorized", "400 Bad"])
def test_a_refusal_is_told_at_once(status):
    with web.scripted(web.says(status)) as server:
        with pytest.raises(SourceWrongError) as caught:
            a_source(server).fetch("b.bundle", 100)
        assert caught.value.telephone_code == "S-215"
        assert len(server.heads) == 1


@pytest.mark.parametrize("status", ["500 Oops", "502 Bad", "503 Busy", "504 Late", "429 Many"])
def test_a_busy_server_is_asked_again(status):
    with web.scripted(web.says(status), web.serves(DATA)) as server:
        assert read(a_source(server)) == (0, DATA)


def test_a_server_that_stays_busy_is_left_for_another_day():
    with web.scripted(web.says("503 Busy")) as server:
        with pytest.raises(SourceGoneError) as caught:
            a_source(server).fetch("b.bundle", 100)
        assert len(server.heads) == 3
        assert "503" in caught.value.why


def test_a_server_that_asks_for_an_hour_gets_it():
    with web.scripted(web.says("503 Busy", Retry_After="3600")) as server:
        with pytest.raises(SourceGoneError):
            a_source(server).fetch("b.bundle", 100)
        assert len(server.heads) == 1


def test_retry_after_is_waited_for():
    waited = []

    class Token(CancelToken):
        def wait(self, seconds):
            waited.append(seconds)

    with web.scripted(web.says("503 Busy", Retry_After="7"), web.serves(DATA)) as server:
        source = HttpSource(server.url, line=Line(patience=QUICK), cancel=Token())
        assert source.fetch("b.bundle", len(DATA)) == DATA
    assert waited == [7.0]


def test_a_length_that_is_too_large_ends_with_what_there_is():
    with web.scripted(web.says("200 OK", b"abc", Content_Length="10")) as server, pytest.raises(SourceGoneError):
        a_source(server).fetch("b.bundle", 100)


def test_a_file_that_is_too_short_is_told():
    with web.scripted(web.serves(DATA)) as server:
        with pytest.raises(SourceWrongError) as caught:
            read(a_source(server), len(DATA) + 5, 10)
        assert caught.value.telephone_code == "S-218"


def test_a_file_without_ranges_that_is_too_short_is_told():
    with web.scripted(web.serves(DATA, knows_ranges=False)) as server:
        with pytest.raises(SourceWrongError) as caught:
            read(a_source(server), len(DATA) + 5, 10)
        assert caught.value.telephone_code == "S-218"


def test_a_range_that_ends_early_just_ends():
    with web.scripted(web.serves(DATA, knows_ranges=False)) as server:
        assert read(a_source(server), 0, len(DATA) + 5) == (0, DATA)


@pytest.mark.parametrize("where", ["bytes 5-9/100", "bytes 0-0/1", "lines 100-104/200", ""])
def test_another_range_than_was_asked_is_refused(where):
    with web.scripted(web.says("206 Part", b"12345", Content_Range=where)) as server:
        with pytest.raises(SourceWrongError) as caught:
            read(a_source(server), 100, 5)
        assert caught.value.telephone_code == "S-212"


def test_nobody_at_home():
    with web.scripted(web.hangs_up) as server:
        gone = server.url
    source = HttpSource(gone, line=Line(patience=QUICK))
    with pytest.raises(SourceGoneError) as caught:
        source.fetch("b.bundle", 10)
    assert source.requests == 3
    assert "Connection refused" in caught.value.why


def test_cancelling_ends_a_pause():
    token = CancelToken()
    token.cancel()
    with web.scripted(web.serves(DATA)) as server, pytest.raises(CancelledError):
        HttpSource(server.url, cancel=token).fetch("b.bundle", 10)


def test_the_limit_holds_the_average_down():
    now = [0.0]

    class Token(CancelToken):
        def wait(self, seconds):
            now[0] += seconds

    with web.scripted(web.serves(DATA)) as server:
        source = HttpSource(server.url, line=Line(limit_bytes_s=8_000), cancel=Token(), clock=lambda: now[0])
        assert read(source) == (0, DATA)
    assert now[0] == pytest.approx(len(DATA) / 8_000, rel=0.02)


@pytest.mark.parametrize(
    "url", ["", "ftp://a/b", "https://", "https://user:secret@a/", "a/b", "https://a/?x=1", "https://[", "file:///etc"]
)
def test_an_address_that_cannot_be_used_is_told_without_its_password(url):
    with pytest.raises(SourceWrongError) as caught:
        HttpSource(url)
    assert caught.value.telephone_code == "S-219"
    assert "secret" not in str(caught.value)


def test_a_path_that_leads_out_is_never_asked_for():
    with web.scripted(web.serves(DATA)) as server:
        for path in ("../x", "/etc/passwd", "a//b", "a/./b", "", "a\\b", "a\x00b"):
            with pytest.raises(SourceWrongError):
                a_source(server).fetch(path, 10)
        assert server.heads == []


def test_a_proxy_is_asked_in_the_servers_place():
    with web.scripted(web.serves(DATA)) as server:
        proxy = f"http://kiosk:pass@127.0.0.1:{server.port}"
        source = HttpSource("http://packs.example.cn/repo", line=Line(proxy=proxy, patience=QUICK))
        assert source.fetch("b.bundle", len(DATA)) == DATA
        assert server.heads[0].startswith("GET http://packs.example.cn/repo/b.bundle HTTP/1.1")
        assert "Basic a2lvc2s6cGFzcw==" in server.heads[0]


def test_a_proxy_that_cannot_be_used_is_told():
    with pytest.raises(SourceWrongError) as caught:
        HttpSource("http://a.example.cn/", line=Line(proxy="socks://me:secret@x:port"))
    assert caught.value.telephone_code == "S-219"
    assert "secret" not in str(caught.value)


def drips(*first: bytes, then: bytes):
    """Answer with the beginning, then with the same few bytes for ever, never silent for long."""

    def answer(connection, head):
        connection.sendall(b"".join(first))
        while True:
            connection.sendall(then)
            time.sleep(0.01)

    return answer


@pytest.mark.parametrize(
    "answer",
    [
        drips(then=b"HTTP/1.1 100 Continue\r\n\r\n"),
        drips(b"HTTP/1.1 200 OK\r\nX: ", then=b"a"),
        drips(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", then=b"0"),
        drips(b"HTTP/1.1 503 Busy\r\nContent-Length: 16000\r\n\r\n", then=b"a"),
    ],
    ids=["100-continue", "a header", "the length of a chunk", "what nobody wants to read"],
)
def test_a_server_that_holds_us_with_a_byte_now_and_then_is_left(answer):
    """Silence never lasts long enough to be noticed, and what is waited for never ends."""
    patient = Patience(attempts=2, first_s=0.01, longest_s=0.02, first_silence_s=0.3, silence_s=0.3, held_s=0.3)
    with web.scripted(answer) as server, pytest.raises(SourceGoneError):
        a_source(server, patience=patient).fetch("b.bundle", 10)


def test_trailers_without_end_hold_nobody():
    answer = drips(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n", then=b"T: a\r\n")
    with web.scripted(answer) as server:
        assert a_source(server, patience=Patience(held_s=0.3)).fetch("b.bundle", 10) == b"x"


def test_a_head_that_is_cut_short_is_no_empty_file():
    def cut(connection, head):
        connection.sendall(b"HTTP/1.1 200 OK\r\nDate: no")

    with web.scripted(cut, web.serves(DATA)) as server:
        assert a_source(server).fetch("b.bundle", ALL) == DATA


@pytest.mark.parametrize(
    "url",
    [
        "me:secret@a.example.cn",
        "https://me:sec/secret@a.example.cn/",
        "https://me:x@secret@a.example.cn/",
        "https://me:://secret@a.example.cn/",
        "https://a.example.cn/?token=secret",
        "https://a.example.cn/#secret",
    ],
)
def test_no_mistyped_address_shows_its_password(url):
    for made in (lambda: HttpSource(url), lambda: HttpSource("http://a.example.cn/", line=Line(proxy=f"bad+{url}"))):
        with pytest.raises(SourceWrongError) as caught:
            made()
        assert "secret" not in str(caught.value)
        assert "a.example.cn" in str(caught.value)


def test_a_password_of_a_proxy_may_hold_any_character():
    with web.scripted(web.serves(DATA)) as server:
        proxy = f"http://kiosk:p%40ss@127.0.0.1:{server.port}"
        assert HttpSource("http://packs.example.cn/", line=Line(proxy=proxy, patience=QUICK)).fetch("x", ALL) == DATA
        assert base64.b64encode(b"kiosk:p@ss").decode() in server.heads[0]
