"""The folder on a stick, as an administrator meets it who has no network: good, damaged, or somebody else's."""

import json
import re
import shutil
import subprocess
import sys

import pytest

pytestmark = [pytest.mark.long, pytest.mark.timeout(1800)]

DEBIAN_LIMIT_MB = 300
STICK = "/media/一个 U 盘/cunkou-stick"
AS_CUPS_STARTS = """
/usr/sbin/cupsd -f >/dev/null 2>&1 & cups=$!
trap 'kill $cups; wait $cups' EXIT
until lpstat -r | grep -q 'is running'; do kill -0 $cups || exit 1; sleep 0.1; done
/usr/lib/cunkou/bin/forget-prints
"""
"""What systemd does, without systemd: CUPS is up, then what stands after it in its unit is run."""
OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"}


@pytest.fixture
def stick(bundle, offline):
    """A copy of the folder, in that Debian, at a place with a blank in its name; may be changed."""
    place = offline.path(STICK)
    shutil.copytree(bundle, place)
    return place


def install(debian, *arguments):
    return debian.run("sh", f"{STICK}/install.sh", *arguments)


def nothing_happened(debian) -> bool:
    known = debian.run("dpkg-query", "-W", "cunkou", "cage").stdout
    left = [path.name for path in debian.path("/tmp").iterdir()]
    return known == "" and left == []


def spoil(path, *, place=0.5):
    """Change one byte."""
    data = bytearray(path.read_bytes())
    data[int(len(data) * place)] ^= 1
    path.write_bytes(bytes(data))


def test_a_box_without_network_gets_everything_from_the_stick(offline, stick, signer, capsys):
    before = {path.name for path in offline.path("/etc/apt").rglob("*")}
    own = sum(path.stat().st_size for path in stick.glob("pool/cunkou_*"))
    size = sum(path.stat().st_size for path in stick.rglob("*") if path.is_file()) / 1e6
    with capsys.disabled():
        sys.stdout.write(f"\n  stick {size:.1f} MB, {len(list(stick.glob('pool/*.deb')))} packages\n")
    assert size - own / 1e6 <= DEBIAN_LIMIT_MB
    assert offline.run("getent", "hosts", "deb.debian.org").returncode != 0

    done = install(offline, signer[0])
    assert done.returncode == 0, done.stderr[-4000:]
    assert "装好了" in done.stderr
    assert "Installed: cunkou" in done.stderr
    for name in ("cunkou", "cage", "espeak-ng", "fonts-noto-cjk", "udisks2", "cups"):
        assert offline.ok("dpkg-query", "-W", "-f", "${db:Status-Status}", name) == "installed"
    assert {path.name for path in offline.path("/etc/apt").rglob("*")} == before
    assert not [path for path in offline.path("/tmp").iterdir() if path.name.startswith("cunkou-install")]

    answer = json.loads(offline.ok("cunkou", "search", "--json", "养老金"))
    assert answer["hits"]
    assert "--size" in offline.ok("cunkou-kiosk", "--help", also=OFFSCREEN)

    again = install(offline, signer[0])
    assert again.returncode == 0, again.stderr[-4000:]

    # what is printed leaves no trace, once CUPS has started
    assert verdict(offline, "privacy") == "warn"
    offline.ok("sh", "-c", AS_CUPS_STARTS)
    assert verdict(offline, "privacy") == "ok"
    written = offline.path("/etc/cups/cupsd.conf").read_bytes()
    offline.ok("sh", "-c", AS_CUPS_STARTS)
    assert offline.path("/etc/cups/cupsd.conf").read_bytes() == written


def verdict(debian, name):
    """Return what the doctor finds of one thing."""
    checks = json.loads(debian.run("cunkou", "doctor", "--json").stdout)
    return next(check["verdict"] for check in checks if check["name"] == name)


def test_a_package_that_was_changed_is_refused(offline, stick, signer):
    spoil(next(stick.glob("pool/cunkou_*.deb")))
    done = install(offline, signer[0])
    assert done.returncode != 0
    assert "没有安装" in done.stderr
    assert "Not installed" in done.stderr
    assert nothing_happened(offline)


@pytest.mark.parametrize("name", ["InRelease", "main/binary-amd64/Packages.xz", "main/binary-amd64/Packages"])
def test_a_list_that_was_changed_is_refused(offline, stick, signer, name):
    if name.startswith("main"):
        for other in stick.glob("dists/stable/main/binary-amd64/*"):
            if other.name != name.rsplit("/", 1)[1]:
                other.unlink()
    spoil(stick / "dists/stable" / name)
    done = install(offline, signer[0])
    assert done.returncode != 0
    assert "被人改过" in done.stderr
    assert nothing_happened(offline)


def test_what_somebody_else_signed_is_refused_even_with_their_key_beside_it(offline, stick, signer, tmp_path):
    home = tmp_path / "gnupg"
    home.mkdir(mode=0o700)
    environment = {**signer[1], "GNUPGHOME": str(home)}
    release = stick / "dists/stable/Release"
    for command in (
        ["--passphrase", "", "--quick-generate-key", "stranger@cunkou.invalid", "ed25519", "sign"],
        ["--yes", "--clearsign", "--output", str(release.with_name("InRelease")), str(release)],
        ["--yes", "--output", str(stick / "cunkou.gpg"), "--export"],
    ):
        subprocess.run(["gpg", "--batch", *command], check=True, capture_output=True, env=environment)
    subprocess.run(["gpgconf", "--kill", "all"], check=True, env=environment)
    done = install(offline, signer[0])
    assert done.returncode != 0
    assert "不是您给的那个" in done.stderr
    assert nothing_happened(offline)


def test_without_a_fingerprint_and_nobody_to_ask_it_stops(offline, stick):
    done = install(offline)
    assert done.returncode != 0
    assert "请给出指纹" in done.stderr
    assert nothing_happened(offline)


def test_another_system_is_told_so(offline, stick, signer):
    release = offline.path("/etc/os-release")
    text = release.read_text()
    release.unlink()
    release.write_text(re.sub('VERSION_ID="12"', 'VERSION_ID="11"', text))
    done = install(offline, signer[0])
    assert done.returncode != 0
    assert "适合 Debian 12" in done.stderr
    assert nothing_happened(offline)


def test_no_secret_is_on_the_stick(bundle):
    listed = [path.relative_to(bundle).as_posix() for path in bundle.rglob("*") if path.is_file()]
    assert not [name for name in listed if "secret" in name or name.endswith((".key", ".pem"))]
    told = subprocess.run(
        ["gpg", "--batch", "--list-packets", str(bundle / "cunkou.gpg")], capture_output=True, text=True, check=True
    )
    assert "public key packet" in told.stdout
    assert "secret key packet" not in told.stdout
