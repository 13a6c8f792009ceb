"""``cunkou trust`` and ``cunkou kiosk-id``, as an administrator types them."""

import json
import os
import tempfile
from pathlib import Path

import pytest

from kiosk.cli.main import run
from kiosk.cli.trust import may_set_trust
from sync.trust.client import refresh
from sync.trust.store import TrustStore
from tests.fakes.tuf_repository import NOW, REGION, TODAY, TufRepository, a_repository

Captured = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def repository() -> TufRepository:
    return a_repository()


@pytest.fixture
def root(tmp_path: Path, repository: TufRepository) -> Path:
    path = tmp_path / "ROOT.json"
    path.write_bytes(repository.anchor()[0])
    return path


@pytest.fixture
def home(tmp_path: Path) -> str:
    return str(tmp_path / "home")


def test_a_root_is_set_and_shown(root: Path, home: str, repository: TufRepository, capsys: Captured) -> None:
    fingerprint = repository.anchor()[1]
    assert run(["trust", "show", "--home", home]) == 0
    assert "还没有设置信任谁" in capsys.readouterr().out
    spoken = ":".join(fingerprint[at : at + 2] for at in range(0, 64, 2)).upper()
    assert run(["trust", "set", str(root), "--fingerprint", f"SHA256:{spoken}", "--home", home]) == 0
    assert "从现在起，本机接受 cn.test.fujian" in capsys.readouterr().out
    assert run(["trust", "show", "--home", home, "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["floor"] == TODAY.isoformat()
    assert shown["repositories"][0]["repository"] == "cn.test.fujian"
    assert shown["repositories"][0]["fingerprint"].replace(" ", "") == fingerprint
    assert run(["trust", "show", "--home", home]) == 0
    assert fingerprint[:4] in capsys.readouterr().out


@pytest.mark.parametrize(("told", "code"), [("0" * 64, "T-420"), ("abc", "T-421"), ("", "T-421")])
def test_a_wrong_fingerprint_sets_nothing(root: Path, home: str, told: str, code: str, capsys: Captured) -> None:
    assert run(["trust", "set", str(root), "--fingerprint", told, "--home", home]) == 1
    assert code in capsys.readouterr().err
    assert TrustStore(Path(home)).repositories() == ()


def test_the_site_file_tells_the_fingerprint_once_for_many_machines(
    root: Path, home: str, repository: TufRepository, capsys: Captured
) -> None:
    site = Path(home) / "site.toml"
    site.parent.mkdir()
    site.write_text(f'trusted_roots = "{"0" * 64} {repository.anchor()[1].upper()}"\n')
    assert run(["trust", "set", str(root), "--home", home]) == 0
    assert "cn.test.fujian" in capsys.readouterr().out
    assert TrustStore(Path(home)).repositories() == ("cn.test.fujian",)


def test_a_root_that_the_site_file_does_not_name_is_not_believed(root: Path, home: str, capsys: Captured) -> None:
    site = Path(home) / "site.toml"
    site.parent.mkdir()
    site.write_text(f'trusted_roots = "{"0" * 64}"\n')
    assert run(["trust", "set", str(root), "--home", home]) == 1
    assert "T-420" in capsys.readouterr().err
    site.write_text('village = "云溪村"\ntrusted_roots = "0000"\n')
    assert run(["trust", "set", str(root), "--home", home]) == 1
    assert "site.toml:2：trusted_roots" in capsys.readouterr().err
    assert TrustStore(Path(home)).repositories() == ()


def test_where_nobody_tells_a_fingerprint_nothing_is_believed(root: Path, home: str, capsys: Captured) -> None:
    assert run(["trust", "set", str(root), "--home", home]) == 1
    assert "K-020" in capsys.readouterr().err
    assert TrustStore(Path(home)).repositories() == ()


def test_a_root_that_cannot_be_read(tmp_path: Path, home: str, capsys: Captured) -> None:
    assert run(["trust", "set", str(tmp_path / "none"), "--fingerprint", "0" * 64, "--home", home]) == 1
    assert "S-202" in capsys.readouterr().err


def test_a_damaged_root_is_shown_as_such(root: Path, home: str, repository: TufRepository, capsys: Captured) -> None:
    run(["trust", "set", str(root), "--fingerprint", repository.anchor()[1], "--home", home])
    (Path(home) / "trust/cn.test.fujian/root.json").write_bytes(b"{}")
    capsys.readouterr()
    assert run(["trust", "show", "--home", home]) == 0
    assert "T-423" in "".join(capsys.readouterr().out.split())


def test_who_may_set() -> None:
    assert may_set_trust(0, 1000)
    assert may_set_trust(1000, 1000)
    assert not may_set_trust(1001, 1000)


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to be somebody else")
def test_a_stranger_may_not_set(repository: TufRepository, capsys: Captured) -> None:
    """The kiosk's own user owns the home; somebody else at the machine tries."""
    data, fingerprint = repository.anchor()
    with tempfile.TemporaryDirectory() as name:
        folder, home = Path(name), Path(name) / "home"
        folder.chmod(0o755)
        (folder / "ROOT.json").write_bytes(data)
        home.mkdir(mode=0o755)
        os.chown(home, 65534, 65534)
        os.seteuid(65533)
        try:
            status = run(["trust", "set", str(folder / "ROOT.json"), "--fingerprint", fingerprint, "--home", str(home)])
        finally:
            os.seteuid(0)
        assert status == 1
        assert "T-422" in capsys.readouterr().err
        assert list(home.iterdir()) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to be somebody else")
def test_a_stranger_may_not_look(repository: TufRepository, capsys: Captured) -> None:
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        home = Path(name) / "home"
        home.mkdir(mode=0o700)
        repository.trusted_by(home)
        os.seteuid(65533)
        try:
            status = run(["trust", "show", "--home", str(home)])
        finally:
            os.seteuid(0)
        assert status == 1
        assert "M-392" in capsys.readouterr().err


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to hand over")
def test_what_root_sets_belongs_to_the_kiosk(root: Path, repository: TufRepository) -> None:
    """A package sets the root; the kiosk, without any rights, must be able to go on from it."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        home = Path(name) / "home"
        home.mkdir()
        os.chown(home, 65534, 65534)
        assert run(["trust", "set", str(root), "--fingerprint", repository.anchor()[1], "--home", str(home)]) == 0
        assert run(["kiosk-id", "--home", str(home)]) == 0
        made = list(home.rglob("*"))
        assert len(made) >= 6
        assert {(path.stat().st_uid, path.stat().st_gid) for path in made} == {(65534, 65534)}


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to be misled")
def test_a_home_whose_links_lead_elsewhere_does_not_lead_root(repository: TufRepository, capsys: Captured) -> None:
    """The kiosk's user was taken over and waits for the administrator to set a root."""
    data, fingerprint = repository.anchor()
    with tempfile.TemporaryDirectory() as name:
        secrets, home, root = Path(name) / "etc", Path(name) / "home", Path(name) / "ROOT.json"
        Path(name).chmod(0o755)
        for folder in (secrets, home):
            folder.mkdir(mode=0o755)
        (secrets / "shadow").write_text("for root only")
        root.write_bytes(data)
        for folder in ("trust", "identity"):
            (home / folder).symlink_to(secrets)
        os.chown(home, 65534, 65534)
        assert run(["trust", "set", str(root), "--fingerprint", fingerprint, "--home", str(home)]) == 1
        assert run(["kiosk-id", "--home", str(home)]) == 1
        assert "Permission denied" in capsys.readouterr().err
        assert [(path.name, path.stat().st_uid) for path in secrets.iterdir()] == [("shadow", 0)]
        assert (os.geteuid(), os.getegid()) == (0, os.getgid())


def test_kiosk_id_stays_the_same(home: str, capsys: Captured) -> None:
    assert run(["kiosk-id", "--home", home, "--json"]) == 0
    first = json.loads(capsys.readouterr().out)
    assert run(["kiosk-id", "--home", home]) == 0
    shown = capsys.readouterr().out
    assert first["public"] in shown
    assert first["fingerprint"] in shown.replace(" ", "")
    assert len(first["public"]) == len(first["fingerprint"]) == 64


# --- the store behind it ---------------------------------------------------------------------------------------------


def test_setting_the_same_root_again_forgets_nothing(tmp_path: Path, repository: TufRepository) -> None:
    """A package sets its root at each upgrade."""
    store = repository.trusted_by(tmp_path)
    refresh(store, repository.stick(), REGION, NOW).promote()
    seen = store.record()
    store.set_root(*repository.anchor(), NOW)
    assert store.record() == seen
    assert store.kept(repository.name).files


def test_another_root_of_the_same_name_starts_anew(tmp_path: Path, repository: TufRepository) -> None:
    """The publisher has lost the keys: an administrator sets a new beginning."""
    store = repository.trusted_by(tmp_path)
    refresh(store, repository.stick(), REGION, NOW).promote()
    reborn = a_repository(name=repository.name)
    store.set_root(*reborn.anchor(), NOW)
    kept = store.kept(repository.name)
    assert (kept.files, kept.seen, len(kept.roots)) == ({}, {}, 1)
    assert len(refresh(store, reborn.stick(), REGION, NOW).offers) == 4
