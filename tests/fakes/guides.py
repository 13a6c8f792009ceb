"""The commands that a guide tells people to type."""

import re
from pathlib import Path
from typing import Final

DOCS: Final = Path(__file__).parents[2] / "docs"


def commands_in(guide: str, kind: str) -> list[str]:
    """Return the lines of the blocks of a kind, such as ``sh`` or ``sh root``, in the order of a guide."""
    text = (DOCS / guide).read_text(encoding="utf-8")
    blocks = re.findall(rf"^```{re.escape(kind)}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line]
