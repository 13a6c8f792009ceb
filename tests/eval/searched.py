"""``cunkou search`` and, on a last line, what memory it took: before the search was loaded, and at the end."""

import json
import sys
from importlib import import_module
from typing import Never

import psutil

from kiosk.cli.main import run


def main() -> Never:
    """Run the command with the arguments of the process."""
    import_module("kiosk.services")
    import_module("kiosk.cli.search")
    before = _private_mb()
    status = run(["search", *sys.argv[1:]])
    print(json.dumps({"memory_mb": _private_mb(), "memory_before_mb": before}))
    sys.exit(status)


def _private_mb() -> float:
    """Return what is this process's own: pages of mapped files can be given back at any time."""
    return psutil.Process().memory_full_info().uss / 1e6


if __name__ == "__main__":
    main()
