"""What is wrong with a source, where, and what to do: the lines of ``cunkou pack check``."""

from collections.abc import Iterable

from msgspec import Struct

from content_packs.errors import PackFormatError


class Finding(Struct, frozen=True, kw_only=True):
    """One thing that somebody should mend.

    Attributes:
        what: What is wrong, for the person who writes the pack.
        todo: What to do.
        file: Path inside the source, with ``/``.
        line: Counted from 1; 0 if no single line is at fault.
        item: Id of the item; empty for the pack itself or where it is not known yet.
        field: Name of the field, such as ``guide.fee``; empty if none.
        blocking: Whether it keeps the pack from being published.
    """

    what: str
    todo: str
    file: str = ""
    line: int = 0
    item: str = ""
    field: str = ""
    blocking: bool = True

    @property
    def place(self) -> str:
        """File and line in words; empty if there is no file."""
        if not self.file:
            return ""
        return f"{self.file} 第 {self.line} 行" if self.line else self.file


def require_clean(findings: Iterable[Finding]) -> None:
    """Return if nothing blocks.

    Raises:
        PackFormatError: Names the first blocking finding with its file and line, and how many more there are.
    """
    blocking = [finding for finding in findings if finding.blocking]
    if not blocking:
        return
    first = blocking[0]
    field = f"，字段 {first.field}" if first.field else ""
    more = f"（还有 {len(blocking) - 1} 处，用 cunkou pack check 看全部）" if len(blocking) > 1 else ""
    raise PackFormatError(first.what, why=f"{first.place}{field}{more}", todo=first.todo)
