"""What runs on Windows as well: every module below ui/ is imported without what only Linux has.

Nothing here has run on Windows; this only finds what would stop the very start.
"""

import subprocess
import sys

SCRIPT = """
import importlib, os, pathlib, socket, sys, types
import content_packs.errors, asyncio, multiprocessing, subprocess, tempfile, shutil

ours = [
    ".".join(path.with_suffix("").parts).removesuffix(".__init__")
    for floor in ("content_packs", "sync", "kiosk")
    for path in sorted(pathlib.Path(floor).rglob("*.py"))
    if "starter" not in path.parts and path.name != "build.py"
]
for name in sys.argv[1].split():
    importlib.import_module(name)  # other people's libraries choose for themselves what they need here
sys.modules["msvcrt"] = types.ModuleType("msvcrt")
system, sys.platform = sys.platform, "win32"
import content_packs.locks
sys.platform = system
for name in ("fcntl", "pwd", "grp", "resource", "termios", "tty", "pty", "syslog"):
    sys.modules[name] = None
for name in ("O_DIRECTORY", "O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "geteuid", "getuid", "nice", "statvfs", "mkfifo"):
    delattr(os, name)
del socket.AF_UNIX
failed = []
for name in ours:
    try:
        importlib.import_module(name)
    except (ImportError, AttributeError) as error:
        failed.append(f"{name}: {error}")
print(len(ours), *failed, sep="\\n")
"""
LIBRARIES = (
    "cryptography.hazmat.primitives.serialization jeepney.io.blocking markdown_it miniaudio msgspec numpy PIL.Image "
    "platformdirs psutil pyttsx3 qrcode resvg_py rich.progress securesystemslib.signer sqlite_utils tuf.ngclient typer "
    "urllib3 whoosh.index yaml zstandard zxingcpp"
)


def test_nothing_that_is_imported_at_the_start_is_of_linux_only():
    done = subprocess.run([sys.executable, "-c", SCRIPT, LIBRARIES], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    count, *failed = done.stdout.splitlines()
    assert int(count) > 100
    assert failed == []
