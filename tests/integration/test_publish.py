"""A publisher makes a repository, lets others sign, publishes, takes back, and makes a stick."""

import json
import threading
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from securesystemslib.signer import CryptoSigner, SSlibKey
from tuf.api.metadata import Metadata, Targets
from tuf.ngclient.updater import Updater, UpdaterConfig

from content_packs.errors import DiskFullError, KioskError, PackError
from content_packs.manifest import decode_manifest
from kiosk.cli.main import run
from sync.layout import manifest_path, target_path
from sync.publish import export as export_module
from sync.publish.check import look
from sync.publish.errors import PublishError
from sync.publish.export import export
from sync.publish.keys import make_key, open_signers, read_public
from sync.publish.kiosks import enrol, enrolled, receipts
from sync.publish.preview import preview_server
from sync.publish.releases import add_release, listed, withdraw
from sync.publish.repository import Repository
from sync.publish.role_keys import RoleKeys
from sync.publish.shelf import TOP_ROLES
from sync.publish.signing import refresh, sign, sign_file
from sync.receipt import PackReceipt, Receipt, kiosk_key
from tests.fakes.publisher import PACK_TOML, Publisher

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
TODAY = date(2026, 11, 22)
COUNTY = "350122"
ID = "cn.test.pack"


class Office:
    """People with keys, one repository between them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "repo"
        self.keys: dict[str, CryptoSigner] = {}
        self.now = NOW

    def key(self, name: str) -> SSlibKey:
        self.keys[name] = CryptoSigner.generate_ed25519()
        key = self.keys[name].public_key
        assert isinstance(key, SSlibKey)
        return key

    def repository(self) -> Repository:
        return Repository(self.folder, self.now)

    def hold(self, *names: str) -> dict[str, CryptoSigner]:
        return {self.keys[name].public_key.keyid: self.keys[name] for name in names}

    def everything(self) -> dict[str, CryptoSigner]:
        return self.hold(*self.keys)

    def open(self) -> "Office":
        self.repository().init("fujian", {role: RoleKeys((self.key(role),)) for role in TOP_ROLES})
        assert sign(self.repository(), self.everything()).timestamp == 1
        return self


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path).open()


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    made = Publisher(tmp_path / "work").pack()
    for number in range(6):
        made.item(f"n{number}", f"第{number}条通知的正文，各村都一样。")
    made.build()
    return made


def kiosk_walk(office: Office, path: str, home: Path) -> tuple[int, str] | None:
    """Ask as TUF's own client would, over the preview server; None if the path is not offered."""
    with preview_server(office.folder) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_address[1]}/"
        home.mkdir(exist_ok=True)
        root = (office.folder / "metadata/1.root.json").read_bytes()
        updater = Updater(str(home), f"{url}metadata/", config=UpdaterConfig(), bootstrap=root)
        updater._trusted_set.reference_time = office.now  # not the day on which this test happens to run
        found = updater.get_targetinfo(path)
        server.shutdown()
    return (found.length, found.hashes["sha256"]) if found else None


def again(publisher: Publisher, version: int, **items: str) -> None:
    publisher.pack(version=version)
    for name, body in items.items():
        publisher.item(name, body)
    publisher.build()


def test_a_county_signs_for_itself_once_both_have_signed(office: Office, publisher: Publisher, tmp_path: Path) -> None:
    assert office.repository().delegate(COUNTY, RoleKeys((office.key("county"),))) == "targets"
    half = sign(office.repository(), office.hold("targets", "snapshot", "timestamp"))
    assert half.served == ()
    assert {waiting.role for waiting in half.waiting} == {COUNTY, "targets"}
    assert kiosk_walk(office, target_path("0", "x"), tmp_path / "kiosk") is None

    sign(office.repository(), office.hold("county"))
    assert set(refresh(office.repository(), office.hold("snapshot", "timestamp")).served) == {COUNTY, "targets"}
    added = add_release(office.repository(), publisher.release, f"{COUNTY}001", TODAY)
    assert added.role == COUNTY
    assert sign(office.repository(), office.hold("county")).lacks_online_keys
    assert refresh(office.repository(), office.hold("snapshot", "timestamp")).served == (COUNTY,)
    found = kiosk_walk(office, added.path, tmp_path / "kiosk")
    assert found
    assert found[1] == added.manifest_sha256
    assert (office.folder / manifest_path(added.path, found[1])).stat().st_size == found[0]


def test_two_of_three_sign_on_two_machines(tmp_path: Path) -> None:
    office = Office(tmp_path)
    root = RoleKeys(tuple(office.key(f"root-{number}") for number in range(3)), 2)
    rest = {role: RoleKeys((office.key(role),)) for role in TOP_ROLES[1:]}
    office.repository().init("fujian", {"root": root, **rest})
    first = sign(office.repository(), office.hold("root-0", "targets", "snapshot", "timestamp"))
    assert next((waiting.role, waiting.missing) for waiting in first.waiting) == ("root", 1)
    assert len(first.waiting[0].key_ids) == 2

    carried = tmp_path / "stick" / "root.json"
    carried.parent.mkdir()
    carried.write_bytes((office.folder / "draft/root.json").read_bytes())
    assert sign_file(carried, office.hold("root-2")) == 1
    assert sign_file(carried, office.hold("root-2")) == 0
    (office.folder / "draft/root.json").write_bytes(carried.read_bytes())
    done = refresh(office.repository(), office.hold("snapshot", "timestamp"))
    assert set(done.served) == {"root", "targets"}
    assert office.repository().waiting() == ()


def test_an_update_adds_one_bundle_with_the_new_blobs_only(office: Office, publisher: Publisher) -> None:
    first = add_release(office.repository(), publisher.release, "0", TODAY)
    sign(office.repository(), office.everything())
    again(publisher, 2, n3="改过的正文，从下个月起不一样了。")
    second = add_release(office.repository(), publisher.release, "0", TODAY)
    assert (first.kept_blobs, second.kept_blobs, second.blobs) == (0, 5, 6)
    assert second.new_bytes < first.new_bytes
    manifest = decode_manifest((office.folder / manifest_path(second.path, second.manifest_sha256)).read_bytes())
    assert len(manifest.bundles) == 2
    assert {bundle.name for bundle in manifest.bundles} == {path.name for path in (office.folder / "bundles").iterdir()}
    assert manifest.items == decode_manifest((publisher.release / "manifest.json").read_bytes()).items


def test_after_many_updates_everything_is_bundled_anew(office: Office, publisher: Publisher) -> None:
    counts = []
    again(publisher, 1, **{f"m{number}": "正文。" for number in range(20)})
    for version in range(1, 20):
        again(publisher, version, **{f"m{version}": f"第{version}次改动的正文。"})
        added = add_release(office.repository(), publisher.release, "0", TODAY)
        data = (office.folder / manifest_path(added.path, added.manifest_sha256)).read_bytes()
        counts.append(len(decode_manifest(data).bundles))
    assert max(counts) == 16
    assert counts[-1] < 16


def test_what_check_would_refuse_is_not_added(office: Office, publisher: Publisher) -> None:
    item = publisher.source / "items/n0.md"
    item.write_text(item.read_text().replace("kind:", "review_by: 2026-12-01\nkind:"))
    publisher.build()
    with pytest.raises(PackError, match="过了复核日期"):
        add_release(office.repository(), publisher.release, "0", date(2027, 1, 1))
    assert list((office.folder / "bundles").iterdir()) == []
    assert office.repository().shelf.drafts() == {}


def test_an_old_release_a_damaged_one_and_a_taken_id_are_refused(office: Office, publisher: Publisher) -> None:
    add_release(office.repository(), publisher.release, "35", TODAY)
    with pytest.raises(PublishError, match="不比已经发布的新"):
        add_release(office.repository(), publisher.release, "35", TODAY)
    with pytest.raises(PublishError, match="别的地区"):
        add_release(office.repository(), publisher.release, COUNTY, TODAY)
    again(publisher, 2)
    bundle = next(publisher.release.glob("*.bundle"))
    data = bytearray(bundle.read_bytes())
    data[100:110] = b"\xff" * 10
    bundle.write_bytes(data)
    with pytest.raises(PackError):
        add_release(office.repository(), publisher.release, "35", TODAY)
    with pytest.raises(PublishError, match="地区代码"):
        add_release(office.repository(), publisher.release, "12345", TODAY)


def test_a_release_is_withdrawn(office: Office, publisher: Publisher, tmp_path: Path) -> None:
    added = add_release(office.repository(), publisher.release, "0", TODAY)
    sign(office.repository(), office.everything())
    assert withdraw(office.repository(), ID).path == added.path
    sign(office.repository(), office.everything())
    assert kiosk_walk(office, added.path, tmp_path / "kiosk") is None
    state = office.repository().state()
    assert state
    assert state.targets["targets"].signed.unrecognized_fields["x-cunkou-revoked"] == [added.manifest_sha256]
    with pytest.raises(PublishError, match="没有这份"):
        withdraw(office.repository(), ID)


def test_what_was_taken_back_cannot_be_published_again(office: Office, publisher: Publisher) -> None:
    """Kiosks that have heard of it would pass it over for ever, and nobody would know why."""
    add_release(office.repository(), publisher.release, "0", TODAY)
    sign(office.repository(), office.everything())
    withdraw(office.repository(), ID)
    sign(office.repository(), office.everything())
    with pytest.raises(PublishError, match="已经撤回过"):
        add_release(office.repository(), publisher.release, "35", TODAY)
    again(publisher, 2)
    assert add_release(office.repository(), publisher.release, "0", TODAY).path


def test_colleagues_who_work_at_the_same_time_lose_nothing(office: Office, tmp_path: Path) -> None:
    def work(number: int) -> None:
        if number % 2:
            made = Publisher(tmp_path / f"work{number}", PACK_TOML.replace(ID, f"cn.test.pack{number}")).pack()
            made.item("n1", "通知的正文。")
            made.build()
            add_release(office.repository(), made.release, "0", TODAY)
        else:
            office.repository().delegate(f"35010{number}", RoleKeys((office.key(f"county {number}"),)))
            enrol(office.folder, f"{number:064x}", f"{number} 村")

    with ThreadPoolExecutor(6) as all_at_once:
        list(all_at_once.map(work, range(6)))
    outcome = sign(office.repository(), office.everything())
    assert outcome.waiting == ()
    assert len(listed(office.repository().seen())) == 3
    assert set(outcome.served) == {"targets", "350100", "350102", "350104"}
    assert len(enrolled(office.folder)) == 3


def test_no_key_is_made_anywhere_inside_a_repository(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    folder = office.folder / "office" / "keys"
    secret = office.folder.parent / "passphrase"
    secret.write_text("a long enough one")
    assert run(["publish", "key", str(folder), "county-1", "--passphrase-file", str(secret)]) == 1
    assert "密钥不能放在仓库里" in capsys.readouterr().err
    assert not folder.exists()


def test_keys_change_hands(office: Office, publisher: Publisher, tmp_path: Path) -> None:
    added = add_release(office.repository(), publisher.release, "0", TODAY)
    sign(office.repository(), office.everything())
    assert kiosk_walk(office, added.path, tmp_path / "kiosk")
    old = office.keys["targets"].public_key.keyid
    assert office.repository().rotate("targets", [office.key("targets-new")], [old[:12]]) == "root"
    done = sign(office.repository(), office.hold("root", "targets-new", "snapshot", "timestamp"))
    assert set(done.served) == {"root", "targets"}
    assert kiosk_walk(office, added.path, tmp_path / "kiosk")
    assert kiosk_walk(office, added.path, tmp_path / "new kiosk")

    online = office.keys["timestamp"].public_key.keyid
    office.repository().rotate("timestamp", [office.key("timestamp-new")], [online])
    assert not sign(office.repository(), office.hold("root", "snapshot", "timestamp")).served
    assert refresh(office.repository(), office.hold("snapshot", "timestamp-new")).served == ("root",)
    assert kiosk_walk(office, added.path, tmp_path / "kiosk")


def test_a_countys_key_is_replaced_by_the_province(office: Office, publisher: Publisher, tmp_path: Path) -> None:
    office.repository().delegate(COUNTY, RoleKeys((office.key("county"),)))
    added = add_release(office.repository(), publisher.release, COUNTY, TODAY)
    sign(office.repository(), office.everything())
    stolen = office.keys["county"].public_key.keyid
    assert office.repository().rotate(COUNTY, [office.key("county-new")], [stolen]) == "targets"
    half = sign(office.repository(), office.hold("targets", "snapshot", "timestamp"))
    assert half.served == ()
    assert set(sign(office.repository(), office.hold("county-new", "snapshot", "timestamp")).served) == {
        COUNTY,
        "targets",
    }
    assert kiosk_walk(office, added.path, tmp_path / "kiosk")
    with pytest.raises(PublishError, match="密钥不够"):
        office.repository().rotate(COUNTY, [], [office.keys["county-new"].public_key.keyid])
    with pytest.raises(PublishError, match="没有这把"):
        office.repository().rotate(COUNTY, [], ["ffff"])
    with pytest.raises(PublishError, match="没有这个角色"):
        office.repository().rotate("990000", [], [])


def test_a_draft_from_an_older_copy_waits(office: Office, publisher: Publisher) -> None:
    add_release(office.repository(), publisher.release, "0", TODAY)
    stale = (office.folder / "draft/targets.json").read_bytes()
    sign(office.repository(), office.everything())
    (office.folder / "draft/targets.json").write_bytes(stale)
    assert "第 2 版" in sign(office.repository(), office.everything()).waiting[0].why


def test_refreshing_moves_the_timestamp_and_at_last_the_snapshot(office: Office) -> None:
    office.now = NOW + timedelta(days=7)
    assert refresh(office.repository(), office.everything()).timestamp == 2
    state = office.repository().state()
    assert state
    assert state.snapshot.signed.version == 1
    assert state.timestamp.signed.unrecognized_fields["x-cunkou-issued"] == "2026-11-29"
    office.now = NOW + timedelta(days=170)
    refresh(office.repository(), office.everything())
    state = office.repository().state()
    assert state
    assert state.snapshot.signed.version == 2


def test_nothing_is_overwritten(office: Office, tmp_path: Path) -> None:
    with pytest.raises(PublishError, match="已经有仓库"):
        office.repository().init("fujian", {})
    with pytest.raises(PublishError, match="没有仓库"):
        Repository(tmp_path / "empty", NOW).seen()
    office.repository().delegate(COUNTY, RoleKeys((office.key("county"),)))
    with pytest.raises(PublishError, match="已经授权"):
        office.repository().delegate(COUNTY, RoleKeys((office.key("county"),)))
    with pytest.raises(PublishError, match="密钥不够"):
        office.repository().delegate("350123", RoleKeys((office.key("other"),), 2))


def test_keys_lie_encrypted_and_open_with_their_passphrase_only(tmp_path: Path) -> None:
    made = make_key(tmp_path / "keys", "county", "correct horse")
    sealed = tmp_path / "keys/county.key"
    assert b"ENCRYPTED" in sealed.read_bytes()
    assert sealed.stat().st_mode & 0o077 == 0
    assert list(open_signers([tmp_path / "keys"], "correct horse")) == [made.keyid]
    assert read_public(tmp_path / "keys/county.pub").keyid == made.keyid
    for attempt in (
        lambda: open_signers([sealed], "wrong"),
        lambda: open_signers([tmp_path / "nothing"], "x"),
        lambda: open_signers([tmp_path / "keys/county.pub"], "correct horse"),
        lambda: read_public(sealed),
        lambda: make_key(tmp_path / "keys", "county", "correct horse"),
        lambda: make_key(tmp_path / "keys", "other", "short"),
    ):
        with pytest.raises(PublishError):
            attempt()


def test_a_stick_holds_what_a_region_needs(office: Office, publisher: Publisher, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    (stick / "holiday.jpg").write_bytes(b"mine")
    office.repository().delegate(COUNTY, RoleKeys((office.key("county"),)))
    office.repository().delegate("350123", RoleKeys((office.key("other"),)))
    added = add_release(office.repository(), publisher.release, COUNTY, TODAY)
    sign(office.repository(), office.everything())
    done = export(office.repository(), stick, COUNTY)
    base = stick / "cunkou/fujian"
    assert done.packs == ("测试包 第1版（测试发布单位）",)
    assert (base / manifest_path(added.path, added.manifest_sha256)).is_file()
    assert not (base / "metadata/1.350123.json").exists()
    assert "捡到它的人" in (stick / "请先读我.txt").read_text(encoding="utf-8-sig")
    assert (stick / "cunkou-receipts").is_dir()

    again(publisher, 2, n1="新的正文，明年开始。")
    add_release(office.repository(), publisher.release, COUNTY, TODAY)
    sign(office.repository(), office.everything())
    (base / "metadata/my-notes.txt").write_text("mine")
    bundle = next((base / "bundles").iterdir())
    bundle.write_bytes(b"\0" * bundle.stat().st_size)
    more = export(office.repository(), stick, COUNTY)
    assert more.removed >= 2
    assert bundle.read_bytes()[:4] != b"\0" * 4
    assert (base / "metadata/my-notes.txt").exists()
    assert (stick / "holiday.jpg").exists()
    assert export(office.repository(), stick, COUNTY).files == 0
    assert export(office.repository(), tmp_path, "44").packs == ()


def test_a_stick_that_is_too_small_gets_nothing(
    office: Office, publisher: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_release(office.repository(), publisher.release, "0", TODAY)
    sign(office.repository(), office.everything())
    monkeypatch.setattr(export_module.shutil, "disk_usage", lambda _: type("Usage", (), {"free": 1000}))
    (tmp_path / "stick").mkdir()
    with pytest.raises(DiskFullError):
        export(office.repository(), tmp_path / "stick", "0")
    assert list((tmp_path / "stick").iterdir()) == []


def test_a_damaged_repository_makes_no_stick(office: Office, publisher: Publisher, tmp_path: Path) -> None:
    add_release(office.repository(), publisher.release, "0", TODAY)
    sign(office.repository(), office.everything())
    bundle = next((office.folder / "bundles").iterdir())
    bundle.write_bytes(b"\0" * bundle.stat().st_size)
    with pytest.raises(KioskError, match="损坏"):
        export(office.repository(), tmp_path, "0")
    assert not list((tmp_path / "cunkou").rglob("*.bundle*"))
    assert not (tmp_path / "cunkou/fujian/metadata/timestamp.json").exists()


def test_metadata_that_cannot_be_read_is_told(office: Office) -> None:
    (office.folder / "metadata/1.targets.json").write_bytes(b"{")
    with pytest.raises(PublishError, match="读不懂"):
        office.repository().state()
    (office.folder / "metadata/1.targets.json").unlink()
    with pytest.raises(PublishError, match="不完整"):
        office.repository().state()


def test_the_preview_serves_ranges_and_no_drafts(office: Office) -> None:
    (office.folder / "draft/secret.json").write_text("{}")
    data = (office.folder / "metadata/1.root.json").read_bytes()
    with preview_server(office.folder) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_address[1]}"
        part = urllib.request.Request(f"{url}/metadata/1.root.json", headers={"Range": "bytes=10-19"})
        with urllib.request.urlopen(part) as answer:
            assert (answer.status, answer.read()) == (206, data[10:20])
        with urllib.request.urlopen(f"{url}/metadata/1.root.json") as answer:
            assert answer.read() == data
        for path in ("draft/secret.json", "metadata/../draft/secret.json", "", "metadata"):
            with pytest.raises(urllib.error.HTTPError):
                urllib.request.urlopen(f"{url}/{path}")
        server.shutdown()


def test_the_whole_way_on_the_command_line(
    publisher: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setenv("CUNKOU_PASSPHRASE", "correct horse")
    repo, keys, stick = str(tmp_path / "repo"), str(tmp_path / "keys"), tmp_path / "stick"
    stick.mkdir()
    assert run(["publish", "init", repo, "--name", "fujian", "--keys", f"{repo}/keys"]) == 1
    for arguments in (
        ["init", repo, "--name", "fujian", "--keys", keys],
        ["key", keys, "county"],
        ["delegate", repo, COUNTY, "--key", f"{keys}/county.pub", "--keys", keys],
        ["add", repo, str(publisher.release), "--region", COUNTY, "--today", "2026-11-22", "--keys", keys],
        ["refresh", repo, "--keys", keys],
        ["export", repo, str(stick), "--region", COUNTY],
        ["status", repo],
    ):
        assert run(["publish", *arguments]) == 0, arguments
    capsysbinary.readouterr()
    assert run(["publish", "status", repo, "--json"]) == 0
    told = json.loads(capsysbinary.readouterr().out)
    assert told["offers"][0]["title"] == "测试包"
    assert told["waiting"] == []
    assert len(told["fingerprint"]) == 64
    assert run(["publish", "revoke", repo, "--keys", keys]) == 1
    assert run(["publish", "revoke", repo, "--release", ID, "--keys", keys]) == 0
    assert run(["publish", "rotate", repo, "nobody", "--keys", keys]) == 1


def test_a_signature_that_counts_for_nothing_changes_nothing(office: Office, publisher: Publisher) -> None:
    add_release(office.repository(), publisher.release, "0", TODAY)
    draft = office.folder / "draft/targets.json"
    sign_file(draft, {office.key("stranger").keyid: office.keys["stranger"]})
    metadata: Metadata[Targets] = Metadata.from_file(str(draft))
    assert len(metadata.signatures) == 1
    assert sign(office.repository(), office.hold("snapshot", "timestamp", "stranger")).waiting[0].missing == 1
    assert [entry.path for entry in listed(office.repository().seen())] == [target_path("0", ID)]


def test_a_whole_repository_is_looked_at_as_kiosks_would(
    office: Office, publisher: Publisher, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office.repository().delegate(COUNTY, RoleKeys((office.key("county"),)))
    added = add_release(office.repository(), publisher.release, COUNTY, TODAY)
    sign(office.repository(), office.everything())
    found = look(office.folder, NOW)
    assert found.regions == ("0", COUNTY)
    assert [offer.target for offer in found.offers] == [added.path]
    assert (found.problems, found.issued) == ((), TODAY)
    assert look(office.folder, NOW, region="44").offers == ()

    (bundle,) = (office.folder / "bundles").iterdir()
    whole = bundle.read_bytes()
    for damage, words in ((b"", "大小不对"), (b"\0" * len(whole), "损坏")):
        bundle.write_bytes(damage)
        assert any(words in problem for problem in look(office.folder, NOW).problems)
    bundle.unlink()
    assert any("缺了" in problem for problem in look(office.folder, NOW).problems)
    bundle.write_bytes(whole)
    manifest = office.folder / manifest_path(added.path, added.manifest_sha256)
    manifest.write_bytes(manifest.read_bytes()[:-2])
    assert look(office.folder, NOW).problems
    assert run(["publish", "verify", str(office.folder)]) == 1
    assert "有问题" in capsys.readouterr().out


def test_a_repository_that_nobody_refreshed_is_found_frozen(office: Office) -> None:
    late = look(office.folder, NOW + timedelta(days=30))
    assert late.issued is None
    assert len(late.problems) == 1
    with pytest.raises(PublishError, match="没有仓库"):
        look(office.folder / "nothing", NOW)


def test_kiosks_are_known_by_their_keys_and_their_receipts_are_believed(
    office: Office, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    stick = tmp_path / "stick"
    (stick / "cunkou-receipts").mkdir(parents=True)
    known, stranger = kiosk_key(tmp_path / "home"), kiosk_key(tmp_path / "other")
    assert receipts(office.folder, stick) == ()
    assert enrol(office.folder, known.id.public, "前村") == known.id.fingerprint
    enrol(office.folder, known.id.public, "后村")
    said = Receipt(
        kiosk=known.id.fingerprint,
        village="后村",
        region="350122001201",
        repository="fujian",
        issued_on=TODAY,
        synced_on=TODAY,
        proven_on=TODAY,
        result="done",
        packs=(PackReceipt(id=ID, version=3, result="replaced"),),
    )
    folder = stick / "cunkou-receipts"
    (folder / "a.txt").write_bytes(known.sign(said))
    (folder / "b.txt").write_bytes(stranger.sign(said))
    (folder / "c.txt").write_bytes(known.sign(said).replace(b'"version":3', b'"version":4'))
    (folder / "d.txt").write_bytes(b"shopping list" * 1000)
    (folder / "e.txt").symlink_to("/etc/passwd")
    (folder / "f.txt").mkdir()
    found = receipts(office.folder, stick)
    assert [returned.kiosk for returned in found] == ["后村", "", "", "", "", ""]
    assert found[0].receipt == said
    assert all(returned.problem and returned.receipt is None for returned in found[1:])
    assert "没有登记" in found[1].problem
    assert run(["publish", "receipts", str(office.folder), str(stick), "--json"]) == 1
    assert len(json.loads(capsysbinary.readouterr().out)) == 6
    assert run(["publish", "receipts", str(office.folder), str(stick)]) == 1
    for public, name in (("abc", "x"), (known.id.public, "")):
        with pytest.raises(PublishError):
            enrol(office.folder, public, name)
    (office.folder / "office/kiosks.json").write_bytes(b"[")
    with pytest.raises(PublishError, match="名单"):
        receipts(office.folder, stick)


def test_somebody_is_told_to_sign_a_new_root_in_time(office: Office, tmp_path: Path) -> None:
    office.now = NOW + timedelta(days=300)
    assert not refresh(office.repository(), office.everything()).root_is_old
    office.now = NOW + timedelta(days=301)
    assert refresh(office.repository(), office.everything()).root_is_old
    office.repository().rotate("root", [], [])
    done = sign(office.repository(), office.everything())
    assert (done.served, done.root_is_old) == (("root",), False)
    assert kiosk_walk(office, target_path("0", "x"), tmp_path / "kiosk") is None


def test_a_role_that_has_nothing_new_to_say_signs_again_before_it_ends(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A province whose counties publish everything signs its own list once, and has forgotten it three years later."""
    office.repository().delegate(COUNTY, RoleKeys((office.key("county"),)))
    assert sign(office.repository(), office.everything()).ending == ()
    office.now += timedelta(days=800)
    assert refresh(office.repository(), office.everything()).ending == (COUNTY, "targets")
    for role in ("root", "targets"):
        office.repository().renew(role)
    done = sign(office.repository(), office.everything())
    assert (set(done.served), done.root_is_old, done.ending) == ({"root", "targets"}, False, (COUNTY,))
    with pytest.raises(PublishError, match="没有这个角色"):
        office.repository().renew("36")
    key, secret = tmp_path / "keys", tmp_path / "passphrase"
    secret.write_text("a long enough one")
    repo = str(tmp_path / "own")
    told = ["--passphrase-file", str(secret)]
    assert run(["publish", "init", repo, "--name", "own", "--keys", str(key), *told]) == 0
    assert run(["publish", "renew", repo, "targets", "--keys", str(key), *told]) == 0
    assert "已经对外：targets" in capsys.readouterr().out


def test_a_file_on_a_stick_whose_name_commands_the_terminal(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "stick" / "cunkou-receipts"
    folder.mkdir(parents=True)
    (folder / "a\x1b]0;mine\x07\u202egpj.exe").write_text("no receipt")
    assert run(["publish", "receipts", str(office.folder), str(tmp_path / "stick")]) == 1
    shown = capsys.readouterr().out
    assert "a\ufffd]0;mine" in shown
    assert not {"\x1b", "\x07", "\u202e"} & set(shown)
