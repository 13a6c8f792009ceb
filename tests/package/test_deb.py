"""The Debian package, as an administrator meets it: installed, upgraded, broken, removed, purged."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from tests.fakes.tuf_repository import a_repository
from tests.package.conftest import OLDER, ROOT, SITE, build
from tests.package.debian import AS_KIOSK

pytestmark = [pytest.mark.long, pytest.mark.timeout(1800)]

PACKAGE_LIMIT_MB = 80
INSTALLED_LIMIT_MB = 260
INSTALL_LIMIT_S = 60
FIRST_FRAME_LIMIT = 1.3
TURNS = 3
DIFFERENT_AT_MOST = 0.001
OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"}


def version_of(package: Path) -> str:
    return package.name.split("_")[1]


def in_use(debian) -> str:
    return str(debian.path("/opt/cunkou/current").readlink())


def finds(debian, query="养老金") -> bool:
    """Whether the installed command finds something in the installed starter pack."""
    answer = json.loads(debian.ok("cunkou", "search", "--json", query))
    return any("养老" in json.dumps(hit, ensure_ascii=False) for hit in answer["hits"])


def status(debian) -> str:
    return debian.run("dpkg-query", "-W", "-f", "${db:Status-Status}", "cunkou").stdout


# --- what is built ---------------------------------------------------------------------------------------------------


def test_built_twice_it_has_the_same_bytes(package, tmp_path):
    unpacked = tmp_path / "unpacked"
    subprocess.run(["dpkg-deb", "-x", str(package), str(unpacked)], check=True)
    again = build(tmp_path, "--commit", (unpacked / "usr/share/doc/cunkou/commit").read_text().strip())
    assert again.name == package.name
    assert again.read_bytes() == package.read_bytes()


def test_it_is_small_and_holds_no_key(package, capsys):
    listed = subprocess.run(["dpkg-deb", "-c", str(package)], check=True, capture_output=True, text=True).stdout
    lines = listed.splitlines()
    installed = sum(int(line.split()[2]) for line in lines if line[0] == "-") / 1e6
    with capsys.disabled():
        sys.stdout.write(
            f"\n  package {package.stat().st_size / 1e6:.1f} MB, installed {installed:.1f} MB, {len(lines)} entries\n"
        )
    assert package.stat().st_size <= PACKAGE_LIMIT_MB * 1e6
    assert installed <= INSTALLED_LIMIT_MB
    assert all(line.split()[1] == "root/root" for line in lines)
    assert not [line for line in lines if line[3] in "sS" or line[6] in "sS"]
    assert not re.search(r"\.(?:pem|key)$|/(?:pypinyin|opencc|jieba|rjieba|pip|pytest)/", listed, re.MULTILINE)
    if not (ROOT / "packaging/deb/root.json").exists():
        assert "root.json" not in listed


# --- installed -------------------------------------------------------------------------------------------------------


def test_an_administrator_installs_it_and_the_kiosk_is_there(debian, package, tmp_path, capsys):
    began = time.monotonic()
    done = debian.dpkg_install(package)
    took = time.monotonic() - began
    assert done.returncode == 0, done.stderr
    with capsys.disabled():
        sys.stdout.write(f"\n  installed in {took:.1f} s\n")
    assert took <= INSTALL_LIMIT_S
    assert debian.ok("dpkg", "--verify", "cunkou") == ""
    assert in_use(debian) == version_of(package)

    # both commands, the pack, the search, a check-up
    assert "cunkou-kiosk" in debian.ok("cunkou", "--help")
    assert "--size" in debian.ok("cunkou-kiosk", "--help")
    assert "cn.cunkou.starter" in debian.ok("cunkou", "packs", "--json")
    assert finds(debian)
    checks = debian.run("cunkou", "doctor", "--json").stdout
    verdicts = {check["name"]: check["verdict"] for check in json.loads(checks)}
    assert {verdicts[name] for name in ("settings", "packs", "search", "voice", "fonts", "tables")} == {"ok"}, verdicts

    # what is whose
    told = debian.ok("find", "/var/lib/cunkou", "!", "-user", "cunkou", "!", "-type", "l")
    assert told == ""
    assert debian.ok("stat", "-c", "%a %U", "/var/lib/cunkou").split() == ["700", "cunkou"]
    assert debian.ok("stat", "-c", "%a %U %G", "/etc/cunkou/site.toml").split() == ["640", "root", "cunkou"]

    # the site file is the one that counts, and a mistake in it is told
    debian.path("/etc/cunkou/site.toml").write_text(SITE, encoding="utf-8")
    assert "云溪村" in debian.ok("cunkou", "settings")
    debian.path("/etc/cunkou/site.toml").write_text("vilage = 1\n", encoding="utf-8")
    assert "village" in debian.run("cunkou", "settings").stderr


def test_the_screen_looks_as_it_does_in_the_source_tree(debian, package, tmp_path):
    assert debian.dpkg_install(package).returncode == 0
    script = debian.bring(Path(__file__).with_name("picture.py"))
    python = "/opt/cunkou/current/bin/python3"
    debian.ok(*AS_KIOSK, python, script, "/var/lib/cunkou", "/tmp/home.png", also=OFFSCREEN)

    home, source = tmp_path / "home", tmp_path / "source.png"
    here = {**os.environ, **OFFSCREEN, "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}
    for command in (
        ["-m", "kiosk.cli.main", "install", str(ROOT / "build/starter"), "--home", str(home)],
        [str(Path(__file__).with_name("picture.py")), str(home), str(source)],
    ):
        subprocess.run([sys.executable, *command], check=True, cwd=ROOT, env=here, capture_output=True)
    ours, theirs = Image.open(debian.path("/tmp/home.png")).convert("RGB"), Image.open(source).convert("RGB")
    assert ours.size == theirs.size
    histogram = ImageChops.difference(ours, theirs).convert("L").histogram()
    assert sum(histogram[24:]) / (ours.width * ours.height) <= DIFFERENT_AT_MOST
    assert len(ours.getcolors(1 << 24)) > 50, "nothing was drawn"


def test_it_starts_as_quickly_as_the_source_tree_and_listens_nowhere(debian, package, tmp_path, capsys):
    """Pairs in turns, each by its processor time, of which the quickest counts; in a network where nobody else is."""
    assert debian.dpkg_install(package).returncode == 0
    script = debian.bring(Path(__file__).with_name("picture.py"))
    python, home = "/opt/cunkou/current/bin/python3", tmp_path / "home"
    here = {**os.environ, **OFFSCREEN, "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}
    install = [sys.executable, "-m", "kiosk.cli.main", "install", str(ROOT / "build/starter"), "--home", str(home)]
    subprocess.run(install, check=True, cwd=ROOT, env=here, capture_output=True)
    show = [sys.executable, str(Path(__file__).with_name("picture.py")), str(home), str(tmp_path / "home.png")]
    installed, source = [], []
    for _ in range(TURNS):
        told = debian.ok(
            "unshare", "--net", *AS_KIOSK, python, script, "/var/lib/cunkou", "/tmp/home.png", also=OFFSCREEN
        )
        seen = json.loads(told.splitlines()[-1])
        assert seen["sockets"] == []
        installed.append(seen["first_frame_s"])
        shown = subprocess.run(show, check=True, cwd=ROOT, env=here, capture_output=True, text=True)
        source.append(json.loads(shown.stdout.splitlines()[-1])["first_frame_s"])
    ratio = min(installed) / min(source)
    with capsys.disabled():
        sys.stdout.write(f"\n  first frame {min(installed):.2f} s, source tree {min(source):.2f} s: {ratio:.2f}\n")
    assert ratio <= FIRST_FRAME_LIMIT


def test_every_library_finds_what_it_needs(debian, package):
    """Of the libraries that Debian brings and the package names, none is missing: on Wayland, on X11 or offscreen."""
    assert debian.dpkg_install(package).returncode == 0
    told = debian.ok(
        "sh", "-c", r"find -L /opt/cunkou/current -name '*.so*' -type f -exec ldd {} + 2>/dev/null || true"
    )
    assert "libQt6Core" in told
    assert "not found" not in told, sorted({line for line in told.splitlines() if "not found" in line})


def test_somebody_else_gets_a_kiosk_of_their_own_and_root_none(debian, package):
    assert debian.dpkg_install(package).returncode == 0
    refused = debian.run("cunkou-kiosk", also=OFFSCREEN)
    assert refused.returncode == 1
    assert "root" in refused.stderr
    debian.ok("adduser", "--quiet", "--disabled-password", "--gecos", "", "clerk")
    as_clerk = ("setpriv", "--reuid=clerk", "--regid=clerk", "--clear-groups", "env", "HOME=/home/clerk")
    debian.run(*as_clerk, "timeout", "20", "cunkou-kiosk", "--size", "1080x1920", also=OFFSCREEN)
    assert debian.path("/home/clerk/.local/share/cunkou/packs").is_dir()
    assert debian.run(*as_clerk, "ls", "/var/lib/cunkou").returncode != 0


def test_a_package_that_brings_a_root_is_believed_at_once_and_none_else_is(debian, package, tmp_path):
    root, fingerprint = a_repository().anchor()
    with changed(package, tmp_path) as (program, made):
        (program / "root.json").write_bytes(root)
        (program / "root.fingerprint").write_text(f"{fingerprint}\n")
    assert debian.dpkg_install(made).returncode == 0
    shown = json.loads(debian.ok("cunkou", "trust", "show", "--json"))
    assert [one["fingerprint"].replace(" ", "") for one in shown["repositories"]] == [fingerprint]
    assert debian.ok("find", "/var/lib/cunkou", "!", "-user", "cunkou", "!", "-type", "l") == ""
    debian.ok("dpkg", "-P", "cunkou")
    assert debian.dpkg_install(package).returncode == 0
    assert json.loads(debian.ok("cunkou", "trust", "show", "--json"))["repositories"] == []


STARTS = "/etc/systemd/system/graphical.target.wants/cunkou-kiosk.service"


def starts_with_machine(debian) -> bool:
    return debian.path(STARTS).is_symlink()


def with_cage(debian):
    """Let something come that a kiosk can be shown with: a package of that name with nothing in it."""
    tree = debian.path("/tmp/cage")
    (tree / "DEBIAN").mkdir(parents=True)
    words = "Package: cage\nVersion: 0.1.4\nArchitecture: all\nMaintainer: nobody <nobody@cunkou.invalid>\n"
    (tree / "DEBIAN/control").write_text(f"{words}Description: a stand-in\n")
    (tree / "usr/bin").mkdir(parents=True)
    (tree / "usr/bin/cage").touch(mode=0o755)
    debian.ok("dpkg-deb", "--root-owner-group", "-b", "/tmp/cage", "/tmp/cage.deb")
    debian.ok("dpkg", "-i", "/tmp/cage.deb")
    shutil.rmtree(tree)


def test_a_machine_starts_into_it_once_there_is_something_to_show_it_with(kiosk, package):
    assert not starts_with_machine(kiosk), "else the machine would lose its first console for nothing"
    with_cage(kiosk)
    assert starts_with_machine(kiosk)
    assert kiosk.dpkg_install(package).returncode == 0
    assert starts_with_machine(kiosk)


def test_what_an_administrator_decided_stays(kiosk, package):
    with_cage(kiosk)
    kiosk.path(STARTS).unlink()  # what `systemctl disable` does, which this small Debian does not have
    assert kiosk.dpkg_install(package).returncode == 0
    assert not starts_with_machine(kiosk)
    kiosk.ok("dpkg", "-r", "cunkou")
    assert kiosk.dpkg_install(package).returncode == 0
    assert not starts_with_machine(kiosk)


def test_somebodys_desktop_is_left_to_them(debian, package):
    debian.path("/etc/systemd/system/display-manager.service").symlink_to("/lib/systemd/system/lightdm.service")
    with_cage(debian)
    done = debian.dpkg_install(package)
    assert done.returncode == 0, done.stderr
    assert "systemctl enable cunkou-kiosk" in done.stderr
    assert not starts_with_machine(debian)
    assert debian.dpkg_install(package).returncode == 0
    assert not starts_with_machine(debian)


# --- another version -------------------------------------------------------------------------------------------------


def kept(debian) -> bool:
    """Whether what the kiosk was set up with, and what it wrote, is still there."""
    assert debian.path("/etc/cunkou/site.toml").read_text("utf-8") == SITE
    assert debian.path("/var/lib/cunkou/unanswered.json").read_text() == "7\n"
    return "云溪村" in debian.ok("cunkou", "settings") and finds(debian)


def test_an_upgrade_keeps_content_and_settings(kiosk, package):
    assert in_use(kiosk) == OLDER
    done = kiosk.dpkg_install(package)
    assert done.returncode == 0, done.stderr
    assert in_use(kiosk) == version_of(package)
    assert {path.name for path in kiosk.path("/opt/cunkou").iterdir()} == {version_of(package), "current"}
    assert kept(kiosk)


@contextmanager
def changed(package: Path, tmp_path: Path) -> Iterator[tuple[Path, Path]]:
    """Give the folder of a package's program, to be changed, and the place where the changed package will be."""
    tree, made = tmp_path / "tree", tmp_path / package.name
    subprocess.run(["dpkg-deb", "-R", str(package), str(tree)], check=True)
    yield tree / "opt/cunkou" / version_of(package), made
    subprocess.run(
        ["dpkg-deb", "--root-owner-group", "-Znone", "-b", str(tree), str(made)], check=True, capture_output=True
    )
    shutil.rmtree(tree)


@pytest.fixture
def broken(package, tmp_path):
    """A package whose program cannot start."""
    with changed(package, tmp_path) as (program, made):
        shutil.rmtree(program / "lib/python3.11/site-packages/kiosk/search")
    return made


def test_a_version_that_cannot_run_leaves_the_old_one_running(kiosk, broken, package):
    done = kiosk.dpkg_install(broken)
    assert done.returncode != 0
    assert "没有启用" in done.stderr
    assert "原来的版本照常运行" in done.stderr
    assert in_use(kiosk) == "previous"
    assert kept(kiosk)
    # and the way out: a good one
    assert kiosk.dpkg_install(package).returncode == 0
    assert in_use(kiosk) == version_of(package)
    assert kept(kiosk)


def test_a_package_that_was_copied_in_part_leaves_the_old_one_running(kiosk, package, tmp_path):
    cut = tmp_path / package.name
    data = package.read_bytes()
    cut.write_bytes(data[: len(data) * 4 // 5])
    assert kiosk.dpkg_install(cut).returncode != 0
    assert status(kiosk) == "installed"
    assert in_use(kiosk) == OLDER
    assert not kiosk.path("/opt/cunkou/previous").exists()
    assert kept(kiosk)


def test_a_power_cut_while_unpacking_leaves_the_old_one_running(kiosk, package):
    place = kiosk.bring(package)
    dpkg = subprocess.Popen(
        ["chroot", str(kiosk.root), "dpkg", "-i", place],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    libraries = kiosk.path(f"/opt/cunkou/{version_of(package)}/lib/python3.11/site-packages")
    while not libraries.exists():
        assert dpkg.poll() is None
        time.sleep(0.02)
    os.killpg(dpkg.pid, signal.SIGKILL)
    dpkg.wait()
    assert status(kiosk) == "half-installed"
    assert kept(kiosk)
    assert kiosk.dpkg_install(package).returncode == 0
    assert in_use(kiosk) == version_of(package)
    assert kept(kiosk)


# --- away with it ----------------------------------------------------------------------------------------------------


def test_removing_keeps_what_is_the_kiosks_and_purging_leaves_nothing(kiosk):
    with_cage(kiosk)
    kiosk.ok("dpkg", "-r", "cunkou")
    assert not kiosk.path("/opt/cunkou").exists()
    assert not kiosk.path("/usr/bin/cunkou").is_symlink()
    assert kiosk.path("/etc/cunkou/site.toml").read_text("utf-8") == SITE
    assert kiosk.path("/var/lib/cunkou/packs").is_dir()

    kiosk.ok("dpkg", "-P", "cunkou")
    told = kiosk.ok("find", "/", "-xdev", "-name", "*cunkou*", "-not", "-path", "/tmp/*", "-not", "-path", "/proc/*")
    assert told.split() == []
    assert kiosk.run("getent", "passwd", "cunkou").returncode != 0


def test_installed_again_it_goes_on_where_it_was(kiosk, package):
    with_cage(kiosk)
    kiosk.ok("dpkg", "-r", "cunkou")
    assert kiosk.dpkg_install(package).returncode == 0
    assert kept(kiosk)
    assert starts_with_machine(kiosk)
