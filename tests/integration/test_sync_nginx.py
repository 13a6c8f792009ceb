"""The whole of a sync against a real nginx that misbehaves: the kiosk has the old content or the new, and says why."""

import gzip
import os
import threading
import time
from pathlib import Path

import pytest

from content_packs.manifest import MANIFEST_FILE, decode_manifest
from sync.history import History, Result
from sync.line import Patience
from sync.network import HttpSource, Line
from sync.source import SourceGoneError, SourceWrongError
from tests.fakes import web
from tests.fakes.county import County, Village
from tests.fakes.shelf import ID, a_release
from tests.fakes.web import Nginx

pytestmark = pytest.mark.skipif(web.NGINX is None, reason="nginx is not installed")

QUICK = Patience(attempts=4, first_s=0.02, longest_s=0.1, connect_s=2, silence_s=2)
STUBBORN = Patience(attempts=60, first_s=0.05, longest_s=0.1, connect_s=1, silence_s=2)


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    folder = tmp_path_factory.mktemp("releases")
    return {
        version: a_release(folder / f"v{version}", items=200, pictures=10, version=version, changed=changed).release
        for version, changed in ((1, 0), (2, 150))
    }


@pytest.fixture
def village(village: Village, county: County, releases: dict[int, Path]) -> Village:
    """Has version 1, and version 2 is out."""
    village.sync(county.folder)
    county.publish(releases[2])
    return village


@pytest.fixture
def nginx(tmp_path: Path, county: County):
    made = Nginx(tmp_path / "nginx", county.folder)
    yield made
    made.stop()


def a_source(nginx: Nginx, patience: Patience = QUICK) -> HttpSource:
    return HttpSource(nginx.url, line=Line(patience=patience))


def the_new_bundle(county: County, releases: dict[int, Path]) -> Path:
    old = {bundle.name for bundle in decode_manifest((releases[1] / MANIFEST_FILE).read_bytes()).bundles}
    (found,) = [path for path in (county.folder / "bundles").iterdir() if path.name not in old]
    return found


def refuses(village: Village, source: HttpSource, error: type[Exception], code: str) -> None:
    """The sync ends with this error, and the kiosk shows what it showed."""
    with pytest.raises(error) as caught:
        village.sync(source)
    assert caught.value.telephone_code == code
    assert village.versions() == {ID: 1}


def arrives(village: Village, source: HttpSource) -> None:
    assert village.sync(source).result is Result.DONE
    assert village.versions() == {ID: 2}


def test_a_line_of_64_kbit(county, village, releases, nginx):
    nginx.start("limit_rate 8k;")
    size = the_new_bundle(county, releases).stat().st_size
    begin = time.monotonic()
    arrives(village, a_source(nginx))
    assert size > 24_000
    assert time.monotonic() - begin >= size / 8192 - 2


def test_a_server_that_is_restarted_all_the_time(county, village, releases, nginx):
    nginx.start("limit_rate 16k;")
    stop = threading.Event()

    def restarting():
        while not stop.wait(0.6):
            nginx.restart("limit_rate 16k;")

    worker = threading.Thread(target=restarting)
    worker.start()
    source = a_source(nginx, STUBBORN)
    try:
        arrives(village, source)
    finally:
        stop.set()
        worker.join()
    assert source.requests > 6
    fetched = History(village.home / "sync" / "history.json").entries()[0].fetched
    bundle = the_new_bundle(county, releases).stat().st_size
    assert fetched <= bundle
    assert source.received < bundle + 40_000, "bundle, manifest and metadata, none of it twice"


def test_a_server_that_goes_down_for_good_and_comes_back_the_next_night(county, village, nginx):
    nginx.start("limit_rate 16k;")
    threading.Timer(0.7, nginx.stop).start()
    refuses(village, a_source(nginx), SourceGoneError, "S-211")
    had = sum(entry.fetched for entry in History(village.home / "sync" / "history.json").entries()[:1])
    assert had > 0
    nginx.start()
    outcome = village.sync(a_source(nginx))
    assert outcome.result is Result.DONE
    part = decode_manifest(village.store.current(ID).manifest.read_bytes())
    new = [blob for blob in part.blobs if blob.bundle == len(part.bundles) - 1]
    assert outcome.fetched + had == sum(blob.stored for blob in new)


def test_a_bundle_that_is_put_there_anew_midway_with_the_same_bytes(county, village, releases, nginx):
    """Its ETag changes; its bytes are still proved by their hashes, so that nothing is fetched again."""
    nginx.start("limit_rate 16k;")
    bundle = the_new_bundle(county, releases)

    def replacing():
        nginx.stop()
        data = bundle.read_bytes()
        bundle.unlink()
        bundle.write_bytes(data)
        os.utime(bundle, (1, 1))
        nginx.start()

    threading.Timer(0.7, replacing).start()
    source = a_source(nginx, STUBBORN)
    arrives(village, source)
    assert source.received < bundle.stat().st_size + 40_000


def test_a_bundle_that_is_replaced_midway_by_other_bytes(county, village, releases, nginx):
    nginx.start("limit_rate 16k;")
    bundle = the_new_bundle(county, releases)
    whole = bundle.read_bytes()

    def replacing():
        nginx.stop()
        bundle.write_bytes(bytes(len(whole)))
        nginx.start()

    threading.Timer(0.7, replacing).start()
    outcome = village.sync(a_source(nginx, STUBBORN))
    assert outcome.result is Result.FAILED
    assert outcome.troubles[0].error.telephone_code in {"P-132", "P-135", "P-136"}
    assert village.versions() == {ID: 1}
    had = outcome.fetched
    assert had > 0
    bundle.write_bytes(whole)
    nginx.restart()
    assert village.sync(a_source(nginx)).fetched + had <= len(whole)


def test_metadata_that_is_replaced_between_two_files(county, village, nginx):
    """The publisher signs again while a kiosk is reading: it takes the old state or the new, never a mixture."""
    nginx.start()
    source = a_source(nginx)
    real = source.fetch

    def fetch(path, limit):
        data = real(path, limit)
        if path.endswith("timestamp.json"):
            source.fetch = real
            county.publish(a_release(county.folder.parent / "more", items=3, pictures=0, pack_id="cn.x.more").release)
        return data

    source.fetch = fetch
    village.sync(source)
    assert village.versions()[ID] == 2


@pytest.mark.parametrize(
    ("server", "error", "code"),
    [
        ("location / { return 302 http://127.0.0.1:1/; }", SourceWrongError, "S-213"),
        ("location / { return 301 https://portal.example.cn/login; }", SourceWrongError, "S-213"),
        ("location / { default_type text/html; return 200 '<html>请登录</html>'; }", SourceWrongError, "S-213"),
        ("location / { default_type application/json; return 200 '<!doctype html>'; }", SourceWrongError, "S-213"),
        ("location / { return 511; }", SourceWrongError, "S-213"),
        ("location / { return 500; }", SourceGoneError, "S-211"),
        ("location / { return 502; }", SourceGoneError, "S-211"),
        ("location / { add_header Retry-After 7200 always; return 503; }", SourceGoneError, "S-211"),
        ("location / { return 403; }", SourceWrongError, "S-215"),
        ("location / { return 444; }", SourceGoneError, "S-211"),
    ],
)
def test_a_server_that_answers_something_else(village, nginx, server, error, code):
    nginx.start(server)
    refuses(village, a_source(nginx), error, code)


@pytest.mark.parametrize(
    "server",
    [
        "location /bundles/ { return 302 http://127.0.0.1:1/; }",
        "location /bundles/ { default_type text/html; return 200 '<html>请登录</html>'; }",
        "location /bundles/ { return 404; }",
        "location /bundles/ { return 403; }",
        "location /bundles/ { max_ranges 0; return 206; }",
    ],
)
def test_bundles_that_are_something_else_hinder_their_pack_only(village, nginx, server):
    nginx.start(server)
    outcome = village.sync(a_source(nginx))
    assert outcome.result is Result.FAILED
    assert outcome.troubles[0].pack_id == ID
    assert village.versions() == {ID: 1}


def test_a_server_that_knows_no_ranges(village, nginx):
    nginx.start("max_ranges 0;")
    arrives(village, a_source(nginx))


def test_a_server_that_compresses_what_it_should_not(village, county, nginx):
    """nginx asks whether the other side takes gzip, and we say that we do not."""
    nginx.start("gzip on; gzip_types *; gzip_min_length 1; gzip_proxied any;")
    arrives(village, a_source(nginx))


def test_a_gzip_bomb_in_place_of_metadata(village, county, nginx, tmp_path):
    (tmp_path / "bomb").mkdir()
    (tmp_path / "bomb" / "timestamp.json").write_bytes(gzip.compress(bytes(50_000_000)))
    nginx.start(
        f"location /metadata/timestamp.json {{ root {tmp_path}/bomb; add_header Content-Encoding gzip; "
        f"rewrite ^ /timestamp.json break; }}"
    )
    source = a_source(nginx)
    refuses(village, source, SourceWrongError, "S-214")
    assert source.received < 10_000


def test_metadata_that_is_far_too_large(village, nginx, tmp_path):
    (tmp_path / "large").mkdir()
    with (tmp_path / "large" / "timestamp.json").open("wb") as opened:
        opened.truncate(2_000_000_000)
    nginx.start(f"location /metadata/timestamp.json {{ root {tmp_path}/large; rewrite ^ /timestamp.json break; }}")
    source = a_source(nginx)
    with pytest.raises(Exception) as caught:  # noqa: PT011 (the trust client may say it in its own words)
        village.sync(source)
    assert caught.value.telephone_code in {"S-217", "T-409"}
    assert source.received < 1_000_000
    assert village.versions() == {ID: 1}


def test_a_connection_that_is_cut_at_once_now_and_then(village, county, nginx):
    """Every third request ends without an answer."""
    nginx.start('location / { if ($connection_requests ~ "[369]$") { return 444; } }')
    arrives(village, a_source(nginx, STUBBORN))
