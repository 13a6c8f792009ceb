"""What is seen first, kept for the next start: believed only while all that it was made from is as it was."""

import os
from zlib import crc32

import pytest

import ui.kept_sight
from content_packs.store import PackStore
from kiosk.home import Home
from sync.trust import record
from tests.fakes.sights import SIGHT, sight
from ui.kept_sight import FILE, LIMIT_BYTES, keep_sight, kept_sight, marks_of

VERSION = "1-0123456789abcdef"


@pytest.fixture
def home(tmp_path):
    """A home with one pack and a site file, and its first sight kept."""
    made = Home(tmp_path)
    folder = tmp_path / "packs" / "cn.test" / VERSION
    folder.mkdir(parents=True)
    (folder / "content.db").write_bytes(b"c" * 100_000)
    (folder.parent / "pointer.a").write_bytes(b'{"current": "1"}')
    (folder / "origin.json").write_bytes(b'{"publisher": "a"}')
    (tmp_path / "trust").mkdir()
    (tmp_path / "trust" / "floor.a.json").write_bytes(b'{"number": 1}')
    made.site_file.write_text('village = "云溪村便民服务点"\n', encoding="utf-8")
    keep_sight(made, SIGHT, marks_of(made))
    return made


def _install_again(home):
    """Replace the content by another of the same length, as an installation does."""
    content = home.root / "packs" / "cn.test" / VERSION / "content.db"
    aside = content.with_name("aside")
    aside.write_bytes(b"d" * 100_000)
    os.utime(aside, ns=(content.stat().st_atime_ns, content.stat().st_mtime_ns))
    aside.replace(content)


def _touch_pack(home):
    content = home.root / "packs" / "cn.test" / VERSION / "content.db"
    os.utime(content, ns=(1, 1))


def test_what_was_kept_comes_back_whole(home):
    assert kept_sight(home) == SIGHT


def test_a_kiosk_without_a_notice_keeps_none(home):
    plain = sight(
        content=ui.kept_sight.HomeContent(
            village="", updated="", remark="", notice=None, tiles=(), themes=(), people=(), asked=()
        )
    )
    keep_sight(home, plain, marks_of(home))
    assert kept_sight(home) == plain


def test_a_new_home_has_kept_nothing(tmp_path):
    assert kept_sight(Home(tmp_path / "missing")) is None
    assert kept_sight(Home(tmp_path)) is None


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda home: home.site_file.write_text("idle_s = 30\n"), id="site file written"),
        pytest.param(lambda home: home.site_file.unlink(), id="site file removed"),
        pytest.param(lambda home: (home.root / "packs/cn.test/pointer.a").write_bytes(b'{"current": "2"}'), id="moved"),
        pytest.param(lambda home: (home.root / "packs/cn.test/pointer.b").write_bytes(b"{}"), id="pointer added"),
        pytest.param(lambda home: (home.root / "packs/cn.test/pointer.a").unlink(), id="pointer lost"),
        pytest.param(lambda home: (home.root / f"packs/cn.test/{VERSION}/content.db").unlink(), id="content lost"),
        pytest.param(lambda home: (home.root / f"packs/cn.test/{VERSION}/origin.json").write_bytes(b"{}"), id="origin"),
        pytest.param(lambda home: (home.root / "trust/floor.b.json").write_bytes(b"{}"), id="trust"),
        pytest.param(_install_again, id="content replaced"),
        pytest.param(_touch_pack, id="content changed"),
        pytest.param(lambda home: (home.root / "packs/cn.other").mkdir(), id="empty folder"),
    ],
)
def test_whatever_it_was_made_from_has_changed(home, change, request):
    change(home)
    believed = kept_sight(home) is not None
    assert believed == (request.node.callspec.id == "empty folder"), "an empty folder shows nothing, all else may"


def test_it_looks_where_packs_and_trust_really_lie(tmp_path):
    assert tmp_path / ui.kept_sight.PACKS == PackStore(tmp_path).root
    assert ui.kept_sight.TRUST == record.FOLDER


def test_another_pack_is_another_first_sight(home):
    other = home.root / "packs" / "cn.other" / VERSION
    other.mkdir(parents=True)
    (other / "content.db").write_bytes(b"x")
    assert kept_sight(home) is None


def test_what_is_being_installed_changes_nothing_yet(home):
    staged = home.root / "packs" / ".staging" / "staged-1"
    staged.mkdir(parents=True)
    (staged / "content.db").write_bytes(b"half")
    (home.root / "packs" / ".lock").write_bytes(b"")
    assert kept_sight(home) == SIGHT


def test_another_program_does_not_believe_it(home, monkeypatch):
    monkeypatch.setattr(ui.kept_sight, "FORMAT", ui.kept_sight.FORMAT + 1)
    assert kept_sight(home) is None


def test_no_byte_of_it_can_be_spoilt_unnoticed(home):
    file = home.root / FILE
    whole = file.read_bytes()
    for place in range(0, len(whole), 7):
        for spoilt in (whole[:place], whole[:place] + bytes((whole[place] ^ 0x10,)) + whole[place + 1 :]):
            file.write_bytes(spoilt)
            assert kept_sight(home) is None, place


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"null", b"{}", b'{"marks": {}, "sight": 3}', b"\xff\xfe", b"[" * 100_000]
)
def test_a_file_that_is_whole_but_says_something_else_is_not_believed(home, body):
    (home.root / FILE).write_bytes(f"{crc32(body):08x}\n".encode() + body)
    assert kept_sight(home) is None


def test_a_field_more_or_less_is_another_format(home):
    file = home.root / FILE
    body = file.read_bytes().partition(b"\n")[2]
    for changed in (body.replace(b'"hue"', b'"colour"'), body.replace(b'"warn_s"', b'"warned_s"')):
        file.write_bytes(f"{crc32(changed):08x}\n".encode() + changed)
        assert kept_sight(home) is None


def test_it_is_never_read_without_end(home):
    (home.root / FILE).write_bytes(b"0" * (LIMIT_BYTES + 1_000))
    assert kept_sight(home) is None


def test_a_disk_that_refuses_costs_the_next_start_its_quickness_and_nothing_else(tmp_path):
    nowhere = Home(tmp_path / "missing")
    keep_sight(nowhere, SIGHT, {})
    assert kept_sight(nowhere) is None


def test_what_was_read_before_a_change_does_not_pass_for_what_came_after(home):
    before = marks_of(home)
    (home.root / "packs/cn.test/pointer.a").write_bytes(b'{"current": "2"}')
    keep_sight(home, SIGHT, before)
    assert kept_sight(home) is None
