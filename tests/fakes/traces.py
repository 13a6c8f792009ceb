"""What a person may have left on the disk."""

from pathlib import Path


def files_with(folder: Path, text: str, *, of_at_least: int) -> list[str]:
    """Return the files below a folder that hold a text in any of the ways in which a program would write it.

    A kiosk that lives writes meanwhile: where a file has gone between the list and the look, all of it is looked
    through once more, for it may have been given its name in between.

    Args:
        folder: To be looked through.
        text: What must not be there.
        of_at_least: So many files there must be: a scan must scan something.
    """
    ways = [text.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be")]
    ways.append(ascii(text)[1:-1].encode())
    while True:
        try:
            held = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        except FileNotFoundError:
            continue
        assert len(held) >= of_at_least
        return [str(path.relative_to(folder)) for path, data in held.items() if any(way in data for way in ways)]
