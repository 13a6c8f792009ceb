"""``cunkou search`` and, on a last line, what memory it took: before the search was loaded, and at the end."""

import json
import sys
from importlib import import_module
from typing import Never

from kiosk.cli.main import run
from tests.eval.memory import own_mb


def main() -> Never:
    """Run the command with the arguments of the process."""
    import_module("kiosk.services")
    import_module("kiosk.cli.search")
    before = own_mb()
    status = run(["search", *sys.argv[1:]])
    print(json.dumps({"memory_mb": own_mb(), "memory_before_mb": before}))
    sys.exit(status)


if __name__ == "__main__":
    main()
