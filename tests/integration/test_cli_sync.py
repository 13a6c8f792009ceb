"""The command that brings packs here: what it prints, how it exits, and that the pack can be searched afterwards."""

import json
import random
import re
import shutil
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from content_packs.errors import CancelledError
from content_packs.progress import CancelToken
from content_packs.store import PackStore
from kiosk.chores import syncing
from kiosk.cli import sync as sync_command
from kiosk.cli.main import TRY_AGAIN, run
from kiosk.home import Home
from kiosk.services import open_kiosk
from kiosk.settings import Settings
from sync.folder import FolderSource
from sync.history import Change, Entry, History, Result
from sync.mend import check_pack
from sync.network import HttpSource
from tests.fakes import web
from tests.fakes.county import NOW, County
from tests.fakes.shelf import ID, a_release


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    folder = tmp_path_factory.mktemp("releases")
    return {n: a_release(folder / f"v{n}", items=12, pictures=2, version=n, changed=n - 1).release for n in (1, 2)}


def call(home: Path, *arguments: str) -> int:
    return run(["sync", *arguments, "--home", str(home)])


def lines(capsys) -> list[dict]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_pack_is_installed_and_can_be_searched(county, home, capsys):
    assert call(home, str(county.folder)) == 0
    told = capsys.readouterr().out
    assert "新增《测试包》第 1 版" in told
    assert run(["search", "办事材料", "--home", str(home), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert "n-00" in json.dumps(found)


def test_an_update_leaves_no_index_of_a_version_that_is_gone(county, home, releases, capsys):
    call(home, str(county.folder))
    county.publish(releases[2])
    assert call(home, str(county.folder)) == 0
    assert "更新《测试包》第 2 版（原来第 1 版）" in capsys.readouterr().out
    assert run(["index", "--home", str(home)]) == 0
    assert "索引是好的" in capsys.readouterr().out


def test_a_dry_run_tells_and_does_nothing(county, home, capsys):
    assert call(home, str(county.folder), "--dry-run") == 0
    told = capsys.readouterr().out
    assert "新增《测试包》第 1 版" in told
    assert "这次没有动手" in told
    assert not (home / "packs").exists()
    call(home, str(county.folder))
    capsys.readouterr()
    assert call(home, str(county.folder), "--dry-run") == 0
    assert "没有新内容。" in capsys.readouterr().out


def test_nothing_new_is_told(county, home, capsys):
    call(home, str(county.folder))
    capsys.readouterr()
    assert call(home, str(county.folder)) == 0
    assert "没有新内容。" in capsys.readouterr().out


def test_programs_are_told_in_lines(county, home, capsys):
    assert call(home, str(county.folder), "--json") == 0
    told = lines(capsys)
    percents = [line["percent"] for line in told if line["line"] == "progress" and "percent" in line]
    assert percents == sorted(percents)
    assert percents[-1] == 100
    assert any(line.get("seconds_left") is not None for line in told)
    assert told[-1]["line"] == "done"
    (source,) = told[-1]["result"]["sources"]
    assert (source["result"], source["repository"], source["stale"]) == ("done", "fujian", False)
    assert source["changes"] == [{"pack": ID, "title": "测试包", "before": None, "version": 1}]
    assert source["steps"][0] | {"issued_on": ""} == {
        "action": "add",
        "pack": ID,
        "title": "测试包",
        "version": 1,
        "before": None,
        "why": "",
        "publisher": "测试发布单位",
        "issued_on": "",
        "region": "0",
    }


def test_programs_are_told_what_a_dry_run_found(county, home, capsys):
    assert call(home, str(county.folder), "--dry-run", "--json") == 0
    (source,) = lines(capsys)[-1]["result"]["sources"]
    assert source["fetch_bytes"] > 0
    assert source["room_bytes"] < source["free_bytes"]
    assert "result" not in source


def test_a_stick_that_is_not_there_can_be_tried_again(home, tmp_path, capsys):
    assert call(home, str(tmp_path / "nowhere")) == TRY_AGAIN == 4
    assert "S-211" in capsys.readouterr().err


def test_a_folder_without_a_repository_is_told(home, tmp_path, capsys):
    (tmp_path / "photos").mkdir()
    assert call(home, str(tmp_path / "photos"), "--json") == 1
    streams = capsys.readouterr()
    failed = json.loads(streams.out.splitlines()[-1])
    assert (failed["line"], failed["code"]) == ("failed", "T-415")


def test_without_a_root_nothing_is_fetched(county, tmp_path, capsys):
    assert call(tmp_path / "other", str(county.folder)) == 1
    assert "T-416" in capsys.readouterr().err


def test_an_address_that_cannot_be_used_is_told(home, capsys):
    assert call(home, "https://me:secret@example.cn/") == 1
    told = capsys.readouterr().err
    assert "S-219" in told
    assert "secret" not in told


def test_without_a_source_somebody_has_to_say_one(home, capsys):
    assert call(home) == 1
    assert "sync_urls" in capsys.readouterr().err


def test_every_server_that_is_set_is_asked(county, home, tmp_path, capsys, monkeypatch):
    other = County(tmp_path / "nation", "nation")
    other.publish(a_release(tmp_path / "other", items=3, pictures=0, pack_id="cn.test.other").release)
    other.is_trusted_by(home)
    with (
        web.running_nginx(tmp_path / "n1", county.folder) as first,
        web.running_nginx(tmp_path / "n2", other.folder) as second,
    ):
        settings = f'region = "350122"\nsync_urls = "{first.url} {second.url}"\n'
        (home / "site.toml").write_text(settings)
        assert call(home, "--json") == 0
        told = lines(capsys)
        percents = [line["percent"] for line in told if "percent" in line]
        assert percents == sorted(percents)
        assert [source["repository"] for source in told[-1]["result"]["sources"]] == ["fujian", "nation"]
        second.stop()
        monkeypatch.setattr(
            syncing, "HttpSource", lambda url, **more: HttpSource(url, line=syncing.Line(patience=QUICK))
        )
        assert call(home, "--json") == sync_command.PARTLY == 5
        result = lines(capsys)[-1]["result"]
        assert [failed["code"] for failed in result["failed"]] == ["S-211"]


QUICK = syncing.Line().patience.__class__(attempts=2, first_s=0.01)


def test_a_pack_that_cannot_be_had_is_told_and_the_rest_came(county, home, tmp_path, capsys):
    county.publish(a_release(tmp_path / "other", items=3, pictures=0, pack_id="cn.test.other").release)
    for path in (county.folder / "targets" / "packs").glob(f"*.{ID}.json*"):
        path.unlink()
    assert call(home, str(county.folder)) == 5
    told = capsys.readouterr().out
    assert "没有采用《测试包》" in told
    assert "新增《测试包》" in told


def test_a_bundle_that_is_missing_hinders_all_there_is(county, home, capsys):
    shutil.rmtree(county.folder / "bundles")
    assert call(home, str(county.folder)) == 1
    assert "S-210" in capsys.readouterr().out


def test_a_pack_that_fails_its_self_test_goes_back(county, home, releases, capsys, monkeypatch):
    from content_packs.errors import SiteError  # noqa: PLC0415 (this story only)

    call(home, str(county.folder))
    county.publish(releases[2])

    def failing(*_args, **_more):
        raise SiteError("搜索索引建好了，但自己查自己没有通过。", code="M-315")

    monkeypatch.setattr("kiosk.search.build.index_pack", failing)
    assert call(home, str(county.folder)) == 1
    assert "已经退回原来的一版" in capsys.readouterr().out
    monkeypatch.undo()
    assert run(["packs", "--home", str(home), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["version"] == 1


def test_tables_that_are_missing_are_no_fault_of_the_pack(county, home, releases, capsys, monkeypatch):
    from content_packs.errors import SiteError  # noqa: PLC0415 (this story only)

    call(home, str(county.folder))
    county.publish(releases[2])

    def failing(*_args, **_more):
        raise SiteError("字表不能用。", code="M-350")

    monkeypatch.setattr("kiosk.search.build.index_pack", failing)
    assert call(home, str(county.folder)) == 5
    monkeypatch.undo()
    capsys.readouterr()
    run(["packs", "--home", str(home), "--json"])
    assert json.loads(capsys.readouterr().out)[0]["version"] == 2


def test_what_a_disk_has_spoilt_is_mended_from_the_source(county, home, capsys):
    call(home, str(county.folder))
    (content,) = (home / "packs" / ID).glob("*/content.db")
    whole = content.read_bytes()
    at = whole.find("办事的材料要带齐".encode()) or 0
    content.chmod(0o644)
    content.write_bytes(whole[: at + 3] + b"???" + whole[at + 6 :])
    assert run(["verify", "--no-mend", "--home", str(home)]) == 1
    capsys.readouterr()
    assert call(home, str(county.folder)) == 0
    assert "没有新内容" in capsys.readouterr().out
    assert call(home, str(county.folder), "--mend") == 0
    assert "本机的坏了，重新取" in capsys.readouterr().out
    assert run(["verify", "--no-mend", "--home", str(home)]) == 0


def test_a_sync_that_is_killed_at_random_moments_ends_well(county, home, releases, capsys):
    """What is installed is whole after every kill, and the next attempt goes on."""
    call(home, str(county.folder))
    county.publish(releases[2])
    command = [sys.executable, "-m", "kiosk.cli.main", "sync", str(county.folder), "--home", str(home), "--json"]
    dice = random.Random(8)
    for _ in range(8):
        child = subprocess.Popen(command, stdout=subprocess.PIPE)
        first = child.stdout.readline()
        time.sleep(dice.uniform(0, 0.25) if first else 0)
        web.kill_hard(child.pid)
        child.wait()
        child.stdout.close()
        for pack in PackStore(home).installed():
            assert check_pack(pack).is_sound
    assert call(home, str(county.folder)) == 0
    assert PackStore(home).current(ID).version == 2
    assert list((home / "sync" / "parts").iterdir()) == []


def test_when_it_fetches_by_itself(home, capsys):
    assert call(home, "--when") == 0
    assert "本机不自己去取" in capsys.readouterr().out
    (home / "site.toml").write_text('sync_urls = "https://packs.example.cn/"\n')
    assert call(home, "--when", "--json") == 0
    first = capsys.readouterr().out
    assert re.search(r'"next":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d', first)
    assert call(home, "--when") == 0
    assert "下一次自己去取" in capsys.readouterr().out


def test_a_kiosk_whose_key_is_damaged_goes_on_fetching(home, capsys):
    (home / "site.toml").write_text('sync_urls = "https://packs.example.cn/"\n')
    (home / "identity").mkdir()
    (home / "identity" / "kiosk.ed25519").write_bytes(b"\0" * 100)
    assert call(home, "--when", "--json") == 0
    assert '"next":"' in capsys.readouterr().out


def test_the_next_night_comes_after_a_success_and_soon_after_a_failure(tmp_path):
    place = Home(tmp_path)
    settings = Settings(sync_urls="https://a.example.cn/", sync_hours="00:00-00:00")
    history = History(tmp_path / "sync" / "history.json")

    def due():
        return syncing.next_sync(place, settings, "kiosk", NOW)

    def entry(result):
        return Entry(
            ended=NOW, source="a.example.cn", is_stick=False, result=result, changes=(Change("a1", "t", 1, 2),)
        )

    first = due()
    history.add(entry(Result.DONE))
    assert due() > first
    assert syncing.next_sync(place, Settings(), "kiosk", NOW) is None
    assert syncing.next_sync(place, Settings(sync_urls="https://a/", sync_hours=""), "kiosk", NOW) is None


def test_it_stops_in_the_morning_and_goes_on_the_next_night(county, home, capsys, monkeypatch):
    monkeypatch.setattr(sync_command, "night_left", lambda settings, now: timedelta(seconds=0.5))
    server = web.Nginx(home.parent / "nginx", county.folder)
    server.start("limit_rate 2k;")
    try:
        assert call(home, server.url, "--at-night") == 1
        assert "已取消" in capsys.readouterr().err
        assert History(home / "sync" / "history.json").entries()[0].result is Result.CANCELLED
        server.restart()
        monkeypatch.undo()
        assert call(home, server.url, "--at-night") == 0
    finally:
        server.stop()


def test_how_long_the_night_still_is():
    now = NOW.replace(hour=4)
    assert syncing.night_left(Settings(sync_hours="01:00-05:00"), now) == timedelta(hours=1)
    assert syncing.night_left(Settings(sync_hours=""), now) is None


def test_the_guide_names_every_exit_status_and_option():
    guide = Path("docs/sync.md").read_text()
    for status in (0, 1, 2, TRY_AGAIN, sync_command.PARTLY):
        assert f"| {status} |" in guide
    for option in (
        "--at-night",
        "--mend",
        "--dry-run",
        "--json",
        "--when",
        "sync_urls",
        "sync_hours",
        "sync_kbit_s",
        "sync_proxy",
    ):
        assert option in guide


def test_two_repositories_that_publish_one_id_are_told_in_words(county, home, releases, tmp_path, capsys):
    """The first one keeps it; the other one gets it once somebody has taken the pack away."""
    other = County(tmp_path / "other", name="nation")
    other.publish(releases[2])
    other.is_trusted_by(home)
    stick = tmp_path / "stick"
    for each, name in ((county, "fujian"), (other, "nation")):
        each.stick(stick / "cunkou" / name)
    assert call(home, str(stick), "--dry-run", "--json") == 0
    first, second = lines(capsys)[-1]["result"]["sources"]
    assert (first["repository"], first["steps"][0]["action"]) == ("fujian", "add")
    assert second["steps"][0]["action"] == "refuse"
    assert "这个编号属于另一个发布单位（fujian）" in second["steps"][0]["why"]
    assert second["fetch_bytes"] == 0
    assert call(home, str(stick)) == 0
    assert "没有采用《测试包》第 2 版（原来第 1 版）：这个编号属于另一个发布单位（fujian）" in capsys.readouterr().out
    assert PackStore(home).current(ID).origin.repository == "fujian"
    latest = History(home / "sync" / "history.json").entries()[0]
    assert (latest.repository, latest.result, len(latest.refused)) == ("nation", Result.NOTHING_NEW, 1)
    assert run(["remove", ID, "--home", str(home)]) == 0
    assert call(home, str(other.folder)) == 0
    assert (PackStore(home).current(ID).version, PackStore(home).current(ID).origin.repository) == (2, "nation")


def test_a_clerk_who_stops_while_an_index_is_built_keeps_the_pack_and_the_index_comes_later(county, home):
    """It is installed, complete and genuine: taking it away again would be no stop but another deed."""
    cancel = CancelToken()

    def stop(progress):
        if "索引" in progress.phase:
            cancel.cancel()

    job = syncing.Syncing(Home(home), Settings(region="350122"), on_progress=stop, cancel=cancel)
    with pytest.raises(CancelledError):
        job.sync(FolderSource(county.folder))
    assert PackStore(home).current(ID).version == 1
    with open_kiosk(Home(home), Settings(region="350122")) as kiosk:
        assert kiosk.lacks_index()
        assert kiosk.searcher.search("第1条").query == "第1条", "searched by names until then"
    latest = History(home / "sync" / "history.json").entries()[0]
    assert latest.result is Result.CANCELLED
    assert [change.version for change in latest.changes] == [1]
    assert call(home, str(county.folder)) == 0
    with open_kiosk(Home(home), Settings(region="350122")) as kiosk:
        assert not kiosk.lacks_index()
        assert kiosk.searcher.search("办事材料").hits
