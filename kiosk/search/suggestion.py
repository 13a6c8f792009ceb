"""What somebody who has typed a little may want to ask: names that hold what was typed. Pure."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from kiosk.search.letters import Letters
from kiosk.search.names import Named, NameTable


@dataclass(frozen=True, slots=True)
class Suggested:
    """A name that fits.

    Attributes:
        table: Which table it stands in.
        named: The name, and the part of it that fits.
        worth: Larger is better.
    """

    table: int
    named: Named
    worth: float


def suggested(
    tables: Sequence[NameTable], typed: str, plain: str, letters: Letters, factors: Sequence[Callable[[int], float]]
) -> list[Suggested]:
    """Return every fitting name once, best first: whole names, then those that begin so, then the others, short first.

    Args:
        tables: Of the packs.
        typed: Folded.
        plain: The same as plain pinyin, if it is nothing else; else empty.
        letters: Reads pinyin and initials.
        factors: For each table: what each of its items counts beside others.
    """
    best: dict[str, Suggested] = {}
    for number, (table, factor) in enumerate(zip(tables, factors, strict=True)):
        for named in _fitting(table, typed, plain, letters):
            found = Suggested(number, named, named.worth * factor(named.item))
            known = best.get(named.name)
            if known is None or known.worth < found.worth:
                best[named.name] = found
    return sorted(best.values(), key=lambda each: (-each.worth, len(each.named.name), each.named.name))


def original(name: str, written: Iterable[tuple[str, str]]) -> str:
    """Return a name as it is shown.

    Args:
        name: Folded.
        written: Names of its item as they are shown, each with what it is folded.
    """
    return next((shown for shown, folded in written if folded == name), name)


def _fitting(table: NameTable, typed: str, plain: str, letters: Letters) -> Iterator[Named]:
    yield from table.containing(typed)
    for units in letters.cuttings(plain) if plain else ():
        yield from letters.meant(table, units)
