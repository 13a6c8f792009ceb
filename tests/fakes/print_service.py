"""A real CUPS server of the test's own: private configuration, a socket in a private folder, one cups-pdf queue."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

QUEUE = "village"
START_LIMIT_S = 60
JOB_LIMIT_S = 120

_CUPSD_CONF = """\
Listen {root}/cups.sock
LogLevel warn
PreserveJobFiles No
PreserveJobHistory No
DefaultAuthType None
Browsing Off
WebInterface No
<Location />
  Order allow,deny
  Allow all
</Location>
<Location /admin>
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order allow,deny
    Allow all
  </Limit>
</Policy>
"""

_FILES_CONF = """\
ServerRoot {root}/etc
RequestRoot {root}/spool
CacheDir {root}/cache
StateDir {root}/state
TempDir {root}/tmp
ServerBin /usr/lib/cups
DataDir /usr/share/cups
DocumentRoot {root}/doc
AccessLog {root}/access_log
ErrorLog {root}/error_log
PageLog {root}/page_log
User lp
Group lp
SystemGroup root
FileDevice Yes
"""

_PDF_CONF = """\
Out {root}/out
AnonDirName {root}/out
Spool {root}/pdf-spool
AnonUser root
Grp root
Log {root}/log
Label 1
"""


@dataclass(frozen=True, slots=True)
class PrintService:
    """A running CUPS server.

    Attributes:
        environment: What ``lp`` and ``lpstat`` need in their environment to reach it.
        root: Its private folder.
    """

    environment: dict[str, str]
    root: Path

    def printed(self, count: int = 1) -> list[Path]:
        """Wait until ``count`` pages came out and return their PDF files, oldest first."""
        out = self.root / "out"
        deadline = time.monotonic() + JOB_LIMIT_S
        while time.monotonic() < deadline:
            pages = sorted(out.glob("*.pdf"), key=lambda page: page.stat().st_mtime)
            if len(pages) >= count and self._idle():
                return pages
            time.sleep(0.1)
        raise AssertionError(f"nothing came out of the printer: {(self.root / 'error_log').read_text()[-2000:]}")

    def kept(self) -> list[Path]:
        """Return the job files that the spooler still holds."""
        return [path for path in (self.root / "spool").iterdir() if path.is_file()]

    def _idle(self) -> bool:
        answer = subprocess.run(
            ["lpstat", "-o"], capture_output=True, env={**os.environ, **self.environment}, check=False
        )
        return not answer.stdout.strip()


def missing() -> str:
    """Return why a print service cannot be started here; empty if it can."""
    if os.geteuid() != 0:
        return "cups-pdf drops its rights to the job's owner, which only root can do"
    for program in ("/usr/sbin/cupsd", "/usr/lib/cups/backend/cups-pdf"):
        if not Path(program).exists():
            return f"{program} is not installed"
    return ""


@contextmanager
def running_print_service() -> Iterator[PrintService]:
    """Start CUPS with one queue that prints to PDF files; stop it and remove its folder at the end."""
    root = Path(tempfile.mkdtemp(prefix="cups-", dir="/tmp"))  # a short path: a socket's name holds 107 bytes
    root.chmod(0o755)
    for name in ("etc", "spool", "cache", "state", "tmp", "doc", "out", "pdf-spool", "log"):
        (root / name).mkdir()
    (root / "tmp").chmod(0o1777)
    (root / "cupsd.conf").write_text(_CUPSD_CONF.format(root=root))
    (root / "cups-files.conf").write_text(_FILES_CONF.format(root=root))
    (root / "etc" / "cups-pdf.conf").write_text(_PDF_CONF.format(root=root))
    cupsd = f"exec /usr/sbin/cupsd -f -c {root}/cupsd.conf -s {root}/cups-files.conf"
    # cups-pdf reads /etc/cups/cups-pdf.conf whatever the server says; in a mount namespace that is a file of ours.
    binds = f"mount --bind {root}/etc /etc/cups && mount --bind {root}/log /var/log/cups"
    server = subprocess.Popen(
        ["unshare", "--mount", "--propagation", "private", "sh", "-c", f"{binds} && {cupsd}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    environment = {"CUPS_SERVER": str(root / "cups.sock")}
    try:
        _wait_for(root / "cups.sock", server)
        add = ["lpadmin", "-p", QUEUE, "-E", "-v", "cups-pdf:/", "-P", "/usr/share/ppd/cups-pdf/CUPS-PDF_noopt.ppd"]
        answer = subprocess.run(add, capture_output=True, env={**os.environ, **environment}, check=False, text=True)
        assert answer.returncode == 0, answer.stderr
        yield PrintService(environment, root)
    finally:
        server.terminate()
        server.wait(timeout=START_LIMIT_S)
        shutil.rmtree(root, ignore_errors=True)


def _wait_for(socket: Path, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_LIMIT_S
    while not socket.exists():
        assert server.poll() is None, "cupsd ended at once"
        assert time.monotonic() < deadline, "cupsd did not start"
        time.sleep(0.05)
