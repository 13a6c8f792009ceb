"""What ``cunkou-kiosk`` runs first: makes the way to the first frame short, then opens the screen.

Nothing is rubbish while the screen is being made, so nobody looks for any: Python's collector would go through all that
is imported a dozen times. Afterwards `ui.garbage` collects, on the UI thread only; nobody switches it on again.
"""

import gc
import os
from pathlib import Path

gc.disable()

from ui import app  # noqa: E402 (what it imports is what the collector would go through)

FONTS = Path(__file__).with_name("fonts.conf")


def main() -> int:
    """Open the kiosk and stay until it is closed; see `ui.app.main`."""
    os.environ.setdefault("FONTCONFIG_FILE", str(FONTS))
    return app.main()
