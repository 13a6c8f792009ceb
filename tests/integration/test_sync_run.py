"""A kiosk syncs from a county's repository: what arrives, what is refused, and what a break leaves behind."""

import os
import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from content_packs.errors import (
    CancelledError,
    DiskFullError,
    PackIntegrityError,
    SiteError,
    TrustError,
)
from content_packs.manifest import MANIFEST_FILE, decode_manifest
from content_packs.origin import UNSIGNED, OriginKind
from content_packs.progress import CancelToken, Progress
from content_packs.reader import PackReader
from sync import look as look_module
from sync.folder import FolderSource
from sync.history import History, Result
from sync.install import RESERVE_BYTES, install_release
from sync.layout import bundle_path
from sync.network import HttpSource, Line
from sync.plan import Action
from sync.run import SelfTestError, Sync
from sync.source import SourceGoneError
from tests.fakes import web
from tests.fakes.county import Village
from tests.fakes.shelf import ID, a_release
from tests.fakes.sources import Counting, InPieces


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    folder = tmp_path_factory.mktemp("releases")
    return {
        1: a_release(folder / "v1", items=60, pictures=8).release,
        2: a_release(folder / "v2", items=60, pictures=8, version=2, changed=3).release,
        3: a_release(folder / "v3", items=60, pictures=8, version=3, changed=5).release,
    }


def require_whole(village: Village) -> None:
    """Every blob that a manifest names is in the content file, with its hash."""
    for pack in village.store.installed():
        manifest = decode_manifest(pack.manifest.read_bytes())
        with PackReader(pack.content_db) as reader:
            assert reader.item_count == len(manifest.items)
            for media in manifest.media:
                assert sha256(reader.media(media).data).hexdigest() == media


def history(village: Village):
    return History(village.home / "sync" / "history.json").entries()


def parts(village: Village) -> list[str]:
    return sorted(path.name for path in (village.home / "sync" / "parts").iterdir())


def test_a_first_sync_brings_all_that_is_meant_for_here(county, village):
    outcome = village.sync(county.folder)
    assert outcome.result is Result.DONE
    assert village.versions() == {ID: 1}
    assert village.indexed == [(ID, 1)]
    require_whole(village)
    pack = village.store.current(ID)
    assert pack.origin.kind is OriginKind.SIGNED
    assert (pack.origin.repository, pack.origin.region, pack.origin.signer) == ("fujian", "0", "targets")
    assert parts(village) == []
    (entry,) = history(village)
    assert (entry.result, entry.repository, entry.is_stick, entry.fetched) == (
        Result.DONE,
        "fujian",
        True,
        outcome.fetched,
    )
    assert [(change.pack_id, change.before, change.version) for change in entry.changes] == [(ID, None, 1)]


def test_a_second_sync_finds_nothing_new(county, village):
    village.sync(county.folder)
    source = Counting(FolderSource(county.folder))
    outcome = village.sync(source)
    assert (outcome.result, outcome.fetched, source.handed) == (Result.NOTHING_NEW, 0, [])
    assert [entry.result for entry in history(village)] == [Result.NOTHING_NEW, Result.DONE]


def test_an_update_brings_only_what_changed(county, village, releases):
    village.sync(county.folder)
    county.publish(releases[2])
    source = Counting(FolderSource(county.folder))
    outcome = village.sync(source)
    old, new = (decode_manifest((releases[version] / MANIFEST_FILE).read_bytes()) for version in (1, 2))
    changed = {blob.sha256: blob.stored for blob in new.blobs} | {}
    for blob in old.blobs:
        changed.pop(blob.sha256, None)
    assert len(changed) == 6
    assert outcome.fetched == sum(changed.values())
    assert village.versions() == {ID: 2}
    require_whole(village)
    assert village.store.current(ID).previous == 1


def test_a_look_changes_nothing(county, village):
    job = village.job(county.folder)
    found = job.look(village.refresh)
    assert [(step.action, step.pack_id) for step in found.plan.steps] == [(Action.ADD, ID)]
    assert found.plan.fetch_bytes > 0
    assert village.versions() == {}
    assert history(village) == ()


def test_an_old_stick_after_a_newer_one_is_refused(county, village, releases, tmp_path):
    old = county.stick(tmp_path / "old")
    county.publish(releases[2])
    village.sync(county.folder)
    with pytest.raises(TrustError):
        village.sync(old)
    assert village.versions() == {ID: 2}
    assert history(village)[0].result is Result.FAILED
    assert history(village)[0].code.startswith("T-4")


def test_a_newer_but_incomplete_stick_does_not_shut_out_an_older_complete_one(county, village, releases, tmp_path):
    old = county.stick(tmp_path / "old")
    county.publish(releases[2])
    torn = county.stick(tmp_path / "torn")
    newest = decode_manifest((releases[2] / MANIFEST_FILE).read_bytes())
    for bundle in (torn / "bundles").iterdir():
        if not (old / "bundles" / bundle.name).exists():
            bundle.unlink()
    outcome = village.sync(torn)
    assert outcome.result is Result.FAILED
    assert outcome.troubles[0].pack_id == newest.pack.id
    assert village.sync(old).result is Result.DONE
    assert village.versions() == {ID: 1}


def test_a_manifest_that_is_missing_hinders_one_pack_and_not_the_others(county, village, releases, tmp_path):
    other = a_release(tmp_path / "other", items=3, pictures=0, pack_id="cn.test.other")
    county.publish(other.release)
    county.publish(releases[2])
    for path in (county.folder / "targets" / "packs").glob(f"*.{ID}.json*"):
        path.unlink()
    outcome = village.sync(county.folder)
    assert outcome.result is Result.PARTLY
    assert village.versions() == {"cn.test.other": 1}
    (refused,) = [step for step in outcome.steps if step.action is Action.REFUSE]
    assert refused.is_hindered


def test_what_was_taken_back_goes(county, village):
    village.sync(county.folder)
    county.take_back(ID)
    outcome = village.sync(county.folder)
    assert village.versions() == {}
    assert (outcome.result, outcome.changes[0].version) == (Result.DONE, None)
    assert village.store.all_versions() == ()


def test_after_what_was_taken_back_the_version_before_comes_back(county, village, releases):
    village.sync(county.folder)
    county.publish(releases[2])
    village.sync(county.folder)
    county.take_back(ID)
    outcome = village.sync(county.folder)
    assert village.versions() == {ID: 1}
    assert (outcome.changes[0].before, outcome.changes[0].version) == (2, 1)
    assert village.store.current(ID).previous is None


def test_a_pack_that_fails_its_test_goes_back_by_itself_and_does_not_come_again(county, village, releases):
    village.sync(county.folder)
    county.publish(releases[2])

    def failing(pack, on_progress, cancel):
        raise SelfTestError("自己检查没有通过。")

    outcome = village.sync(county.folder, after_install=failing)
    assert outcome.result is Result.FAILED
    assert village.versions() == {ID: 1}
    assert outcome.changes == ()
    again = village.sync(county.folder)
    assert (again.result, again.fetched) == (Result.NOTHING_NEW, 0)
    assert village.versions() == {ID: 1}
    county.publish(releases[3])
    assert village.sync(county.folder).result is Result.DONE
    assert village.versions() == {ID: 3}


def test_the_first_version_of_a_pack_stays_readable_when_it_cannot_be_searched(county, village):
    def failing(pack, on_progress, cancel):
        raise SelfTestError("自己检查没有通过。")

    outcome = village.sync(county.folder, after_install=failing)
    assert (outcome.result, village.versions()) == (Result.PARTLY, {ID: 1})


def test_an_index_for_which_there_is_no_room_is_no_reason_to_go_back(county, village, releases):
    village.sync(county.folder)
    county.publish(releases[2])

    def failing(pack, on_progress, cancel):
        raise DiskFullError("磁盘满了。")

    assert village.sync(county.folder, after_install=failing).result is Result.PARTLY
    assert village.versions() == {ID: 2}


def test_an_unsigned_pack_is_replaced_by_a_signed_one(county, village, releases):
    install_release(releases[3], village.store, origin=UNSIGNED)
    village.sync(county.folder)
    assert village.versions() == {ID: 1}
    assert village.store.current(ID).origin.is_vouched_for


def test_a_damaged_old_version_is_not_trusted_for_a_blob(county, village, releases):
    village.sync(county.folder)
    content = village.store.current(ID).content_db
    with PackReader(content) as reader:
        manifest = decode_manifest(village.store.current(ID).manifest.read_bytes())
        kept = {blob.sha256 for blob in decode_manifest((releases[2] / MANIFEST_FILE).read_bytes()).blobs}
        media = next(name for name in manifest.media if name in kept)
        data = reader.media(media).data
    whole = content.read_bytes()
    at = whole.find(data[:200])
    assert at > 0
    content.chmod(0o644)
    content.write_bytes(whole[: at + 100] + b"spoilt" + whole[at + 106 :])
    county.publish(releases[2])
    outcome = village.sync(county.folder)
    assert outcome.result is Result.DONE
    assert outcome.fetched > 0
    require_whole(village)


def test_a_pack_that_a_check_found_damaged_is_mended_from_the_source(county, village):
    village.sync(county.folder)
    content = village.store.current(ID).content_db
    content.chmod(0o644)
    content.write_bytes(b"")
    outcome = village.sync(county.folder, damaged=frozenset({ID}))
    assert outcome.result is Result.DONE
    require_whole(village)


def test_what_came_of_one_release_serves_the_next(county, village, releases, tmp_path):
    """The line broke in version 1; meanwhile version 2 is out, and shares most of it."""
    total = decode_manifest((releases[1] / MANIFEST_FILE).read_bytes())
    (bundle,) = total.bundles
    with web.running_nginx(tmp_path / "nginx", county.folder) as nginx:
        source = HttpSource(nginx.url)
        token = CancelToken()

        def enough(progress):
            if progress.unit == "bytes" and progress.done > progress.total // 2:
                token.cancel()

        with pytest.raises(CancelledError):
            village.sync(InPieces(source, 2000), cancel=token, on_progress=enough)
        assert history(village)[0].result is Result.CANCELLED
        had = history(village)[0].fetched
        assert had > bundle.size // 4
        county.publish(releases[2])
        outcome = village.sync(HttpSource(nginx.url))
    newest = decode_manifest((releases[2] / MANIFEST_FILE).read_bytes())
    assert outcome.fetched < sum(blob.stored for blob in newest.blobs) - had * 0.8
    assert village.versions() == {ID: 2}
    assert parts(village) == []


def test_a_part_of_another_plan_is_used_up(county, village, releases):
    """What was installed changed between two attempts, so that other blobs are missing than before."""
    village.sync(county.folder)
    county.publish(releases[3])
    token = CancelToken()

    def early(progress):
        if progress.unit == "bytes" and "取" in progress.phase and progress.done:
            token.cancel()

    with pytest.raises(CancelledError):
        village.sync(InPieces(FolderSource(county.folder), 500), cancel=token, on_progress=early)
    first = history(village)[0].fetched
    assert first > 0
    shutil.rmtree(village.home / "packs" / ID)
    outcome = village.sync(county.folder)
    assert outcome.result is Result.DONE
    newest = decode_manifest((releases[3] / MANIFEST_FILE).read_bytes())
    assert outcome.fetched <= sum(blob.stored for blob in newest.blobs)
    require_whole(village)


def test_a_bundle_that_holds_something_else_is_refused_and_what_is_installed_stays(county, village, releases):
    village.sync(county.folder)
    county.publish(releases[2])
    before = village.store.current(ID).content_db.read_bytes()
    for bundle in (county.folder / "bundles").iterdir():
        bundle.write_bytes(bytes(bundle.stat().st_size))
    outcome = village.sync(county.folder)
    assert outcome.result is Result.FAILED
    assert isinstance(outcome.troubles[0].error, PackIntegrityError)
    assert village.store.current(ID).content_db.read_bytes() == before


def test_progress_never_falls_and_ends_at_a_hundred(county, village):
    def indexing(pack, on_progress, cancel):
        for done in range(11):
            on_progress(Progress(done, 10, "读取条目"))

    village.sync(county.folder, after_install=indexing)
    percents = [progress.percent for progress in village.told if progress.percent is not None]
    assert percents == sorted(percents)
    assert percents[-1] == 100
    assert all(0 <= percent <= 100 for percent in percents)
    assert village.told[-1].seconds_left == 0
    phases = [progress.phase for progress in village.told]
    assert [phases.index(next(phase for phase in phases if phase.startswith(word))) for word in ("取", "校验", "建立")]


def test_what_does_not_fit_is_not_begun_and_not_forgotten(county, village, monkeypatch):
    monkeypatch.setattr(look_module, "free_bytes", lambda _: RESERVE_BYTES)
    outcome = village.sync(county.folder)
    assert outcome.result is Result.FAILED
    assert "磁盘放不下" in outcome.steps[0].why
    assert history(village)[0].refused[0].startswith("《测试包》第 1 版：磁盘放不下")
    monkeypatch.undo()
    assert village.sync(county.folder).result is Result.DONE


def test_two_syncs_at_once_are_one_too_many(county, village):
    with village.job(county.folder)._alone(), pytest.raises(SiteError) as caught:
        village.sync(county.folder)
    assert caught.value.telephone_code == "M-316"


def test_a_disk_that_cannot_be_written_is_told(county, village, monkeypatch):
    def failing(*_):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("sync.run.tidy_parts", failing)
    with pytest.raises(SiteError):
        village.sync(county.folder)
    assert history(village)[0].result is Result.FAILED


def test_a_history_that_cannot_be_written_is_no_reason_to_fail(county, village, monkeypatch):
    def failing(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(History, "add", failing)
    assert village.sync(county.folder).result is Result.DONE


def test_a_stick_that_is_gone_before_it_is_read(county, village, tmp_path):
    stick = county.stick(tmp_path / "stick")
    source = FolderSource(stick)
    shutil.rmtree(stick)
    with pytest.raises(SourceGoneError):
        village.sync(source)
    assert history(village)[0].result is Result.BROKEN_OFF


def test_a_pack_of_another_county_is_not_offered_here(county, tmp_path, releases):
    county.delegate("350123")
    other = a_release(tmp_path / "other", items=3, pictures=0, pack_id="cn.test.other")
    county.publish(other.release, region="350123")
    here, there = (Village(tmp_path / region, county, region=region) for region in ("350122", "350123"))
    here.sync(county.folder)
    there.sync(county.folder)
    assert (set(here.versions()), set(there.versions())) == ({ID}, {ID, "cn.test.other"})


def test_a_manifest_comes_the_short_way_over_the_network_and_only_once(county, village, tmp_path):
    with web.running_nginx(tmp_path / "nginx", county.folder) as nginx:
        job = village.job(HttpSource(nginx.url))
        job.look(village.refresh)
        job.look(village.refresh)
        asked = [request.path for request in nginx.requests() if "/targets/" in request.path]
    assert len(asked) == 1
    assert asked[0].endswith(".json.zst")


def test_a_repository_without_short_manifests_serves_the_long_ones(county, village, tmp_path):
    for path in (county.folder / "targets").rglob("*.zst"):
        path.unlink()
    with web.running_nginx(tmp_path / "nginx", county.folder) as nginx:
        assert village.sync(HttpSource(nginx.url)).result is Result.DONE


def test_a_short_manifest_that_lies_is_passed_over(county, village, tmp_path):
    for path in (county.folder / "targets").rglob("*.zst"):
        path.write_bytes(b"(\xb5/\xfd" + b"nonsense")
    with web.running_nginx(tmp_path / "nginx", county.folder) as nginx:
        assert village.sync(HttpSource(nginx.url)).result is Result.DONE


def test_no_news_is_told_in_few_requests_and_few_bytes(county, village, tmp_path):
    with web.running_nginx(tmp_path / "nginx", county.folder) as nginx:
        village.sync(HttpSource(nginx.url))
        before = len(nginx.requests())
        assert village.sync(HttpSource(nginx.url)).result is Result.NOTHING_NEW
        asked = nginx.requests()[before:]
    assert len(asked) <= 4
    assert sum(request.sent + request.received for request in asked) <= 20_000


def test_an_update_over_a_line_that_is_cut_all_the_time(county, village, releases, tmp_path):
    manifest = decode_manifest((releases[1] / MANIFEST_FILE).read_bytes())
    (bundle,) = manifest.bundles
    data = (county.folder / bundle_path(bundle.name)).read_bytes()
    with web.scripted(web.serves(data, cut_after=7_000)) as server:
        bundles = HttpSource(server.url, line=Line())
        outcome = village.sync(_Mixed(FolderSource(county.folder), bundles))
        assert outcome.result is Result.DONE
        assert bundles.received <= bundle.size
    require_whole(village)


class _Mixed(Counting):
    """Metadata from a folder, bundles over a line."""

    def __init__(self, metadata, bundles):
        super().__init__(metadata)
        self._bundles = bundles

    def open_range(self, path, start, length, validator):
        return self._bundles.open_range(path, start, length, validator)


def test_nothing_is_written_outside_the_home(county, village, tmp_path):
    before = {path for path in tmp_path.rglob("*") if village.home not in path.parents}
    village.sync(county.folder)
    assert {path for path in tmp_path.rglob("*") if village.home not in path.parents} == before
    assert os.access(village.home / "packs" / ID, os.W_OK)
    assert isinstance(village.job(county.folder), Sync)


def test_a_version_without_its_manifest_still_serves_an_update(county, village, releases):
    """As a version that an older program has installed."""
    village.sync(county.folder)
    village.store.current(ID).manifest.unlink()
    county.publish(releases[2])
    outcome = village.sync(county.folder)
    old, new = (decode_manifest((releases[version] / MANIFEST_FILE).read_bytes()) for version in (1, 2))
    known = {blob.sha256 for blob in old.blobs}
    assert outcome.fetched == sum(blob.stored for blob in new.blobs if blob.sha256 not in known)


def test_stopping_while_the_index_is_built_keeps_the_pack(county, village):
    def stopped(pack, on_progress, cancel):
        raise CancelledError("已取消。")

    with pytest.raises(CancelledError):
        village.sync(county.folder, after_install=stopped)
    assert village.versions() == {ID: 1}
    (entry,) = history(village)
    assert (entry.result, entry.changes[0].version) == (Result.CANCELLED, 1)
    assert village.sync(county.folder).result is Result.NOTHING_NEW


def test_what_was_taken_back_and_is_gone_already(county, village):
    village.sync(county.folder)
    county.take_back(ID)
    job = village.job(county.folder)
    found = job.look(village.refresh)
    village.store.withdraw(ID, fall_back=False)
    assert job.carry_out(found).result is Result.NOTHING_NEW


def test_a_withdrawn_pack_can_be_read_on_by_whoever_has_it_open(county, village):
    village.sync(county.folder)
    county.take_back(ID)
    with PackReader(village.store.current(ID).content_db) as reader:
        village.sync(county.folder)
        assert reader.item("n-0000") is not None


def test_parts_of_a_pack_that_came_another_way_are_not_kept(county, village, tmp_path):
    token = CancelToken()

    def early(progress):
        if progress.unit == "bytes" and progress.done:
            token.cancel()

    with pytest.raises(CancelledError):
        village.sync(InPieces(FolderSource(county.folder), 500), cancel=token, on_progress=early)
    kept = [path.read_bytes() for path in (village.home / "sync" / "parts").iterdir()]
    names = parts(village)
    village.sync(county.folder)
    for name, data in zip(names, kept, strict=True):
        (village.home / "sync" / "parts" / name).write_bytes(data)
    assert village.sync(county.folder).result is Result.NOTHING_NEW
    assert parts(village) == []
