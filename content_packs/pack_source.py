"""``pack.toml`` and ``synonyms.tsv`` → what the pack says about itself, or findings with their lines."""

import re
import tomllib

import msgspec

from content_packs.errors import PackVersionError
from content_packs.findings import Finding
from content_packs.model import FORMAT_VERSION, PackInfo, Synonym
from content_packs.schema_words import field_of, in_words
from content_packs.source_words import PackForm
from content_packs.toml_lines import lines_of_fields, nearest_line

PACK_FILE = "pack.toml"
SYNONYM_FILE = "synonyms.tsv"

_HEADER = ("colloquial", "official", "relation")
_RELATIONS = {"old_name", "colloquial", "abbr", "dialect", "broader"}


def read_pack(text: str) -> tuple[PackInfo | None, dict[str, int], tuple[Finding, ...]]:
    """Read ``pack.toml``.

    Returns:
        What the pack says (None if it cannot be read), the lines of its fields, and what is wrong.

    Raises:
        PackVersionError: The source is of a newer format than this program.
    """
    lines = lines_of_fields(text)
    try:
        fields = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        finding = Finding(
            file=PACK_FILE, line=line, what=f"不是正确的 TOML（{error}）。", todo="看看这一行的引号、等号和方括号。"
        )
        return None, lines, (finding,)
    require_known_format(fields.get("format"), PACK_FILE)
    try:
        form = msgspec.convert(fields, PackForm)
    except msgspec.ValidationError as error:
        field = field_of(str(error))
        what, todo = in_words(str(error))
        line = nearest_line(lines, field) or 1
        return None, lines, (Finding(file=PACK_FILE, line=line, field=field, what=what, todo=todo),)
    values = {name: getattr(form, name) for name in form.__struct_fields__ if name != "format"}
    return PackInfo(**values), lines, ()


def require_known_format(version: object, place: str) -> None:
    """Return unless a format version is newer than this program.

    Raises:
        PackVersionError: It is.
    """
    if isinstance(version, int) and version > FORMAT_VERSION:
        raise PackVersionError(
            "这个资料包的格式比程序新。",
            why=f"{place}：格式 {version}，程序只认识到 {FORMAT_VERSION}",
            todo="请先升级程序。",
            code="P-141",
        )


def read_synonyms(text: str) -> tuple[tuple[Synonym, ...], tuple[Finding, ...]]:
    """Read ``synonyms.tsv``: a header, then one line for each word of the villagers."""
    rows = [(number, line.split("\t")) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    if not rows or tuple(cell.strip() for cell in rows[0][1]) != _HEADER:
        finding = Finding(
            file=SYNONYM_FILE,
            line=1,
            what="第一行不是表头。",
            todo="第一行写 colloquial、official、relation，用制表符隔开。",
        )
        return (), (finding,)
    synonyms: list[Synonym] = []
    findings: list[Finding] = []
    for number, cells in rows[1:]:
        colloquial, official, relation = [*(cell.strip() for cell in cells), "", "", ""][:3]
        words = tuple(word.strip() for word in official.split("|") if word.strip())
        if len(cells) != len(_HEADER) or not colloquial or not words or relation not in _RELATIONS:
            findings.append(
                Finding(
                    file=SYNONYM_FILE,
                    line=number,
                    what="这一行不是“说法、正式名称、关系”三格，或关系不认识。",
                    todo="用制表符隔开三格；关系写 old_name、colloquial、abbr、dialect 或 broader。",
                )
            )
        else:
            synonyms.append(Synonym(colloquial=colloquial, official=words, relation=relation))
    return tuple(synonyms), tuple(findings)
