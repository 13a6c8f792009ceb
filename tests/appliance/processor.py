"""Which processor a machine gets: this one's own, or an emulated one that takes ten times as long."""

import os
import subprocess
from contextlib import suppress
from functools import cache
from pathlib import Path

PROBE_S = 8
EMULATED = ("-accel", "tcg,thread=multi", "-cpu", "Nehalem")
LENT = ("-accel", "kvm", "-cpu", "host,-arch-capabilities")


@cache
def processor(kernel: Path) -> tuple[str, ...]:
    """Return QEMU's words for a processor: this machine's own if it can be lent, else an emulated one.

    On machines that are virtual themselves /dev/kvm may be there and nothing run. So a kernel is started without a
    disk, and if it gets as far as to miss it, all is well.
    """
    if os.access("/dev/kvm", os.R_OK | os.W_OK):
        probe = ("qemu-system-x86_64", *LENT, "-m", "512", "-nodefaults", "-display", "none", "-no-reboot")
        words = ("-kernel", str(kernel), "-append", "panic=-1")
        with suppress(subprocess.TimeoutExpired):
            done = subprocess.run((*probe, *words), timeout=PROBE_S, capture_output=True, check=False)
            if done.returncode == 0:
                return LENT
    return EMULATED
