"""Which releases belong to this program: their manifests' hashes are in its own files.

Building a pack gives the same bytes everywhere, so a starter pack that somebody built again from the program's source
is known too. The list is written when the program is made ready and lies with its read-only tables.
"""

from hashlib import sha256
from pathlib import Path
from typing import Final

LIST: Final = Path(__file__).with_name("tables") / "data" / "built_in.txt"


def is_built_in(manifest: bytes, listed: Path = LIST) -> bool:
    """Whether a manifest is one of the program's own; False where there is no list.

    Args:
        manifest: Its bytes.
        listed: One hash of 64 hex digits a line.
    """
    try:
        return sha256(manifest).hexdigest() in listed.read_text(encoding="ascii").split()
    except (OSError, UnicodeDecodeError):
        return False
