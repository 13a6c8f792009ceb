"""The settings as a table: for ``cunkou settings`` and for the page of the administrators' guide. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.declared import Declaration, Value, as_stored
from kiosk.settings import Settings, declarations


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingRow:
    """One setting as people read it.

    Attributes:
        name: Key in the site file.
        value: In use.
        default: Used when the site file says nothing.
        accepts: What may stand there, in words.
        unit: Of a number; empty if none.
        meaning: What it does.
    """

    name: str
    value: Value
    default: Value
    accepts: str
    unit: str
    meaning: str


def setting_rows(settings: Settings) -> tuple[SettingRow, ...]:
    """Return every setting in the order of its declaration."""
    return tuple(
        SettingRow(
            name=declared.name,
            value=getattr(settings, declared.name),
            default=declared.default,
            accepts=accepts_words(declared),
            unit=declared.rule.unit,
            meaning=declared.rule.meaning,
        )
        for declared in declarations()
    )


def accepts_words(declared: Declaration) -> str:
    """Return what may stand for a setting, in words."""
    rule = declared.rule
    if declared.choices:
        return "、".join(as_stored(choice) for choice in declared.choices)
    if declared.type is bool:
        return "true、false"
    if declared.type is str:
        return rule.form or f"最多{rule.longest}个字"
    return f"{rule.low:g}到{rule.high:g}"


def settings_page() -> str:
    """Return the page ``docs/settings.md``."""
    return "\n".join(_page_lines()) + "\n"


def _page_lines() -> Iterator[str]:
    yield "# 设置 · Settings"
    yield ""
    yield "<!-- Written by: cunkou settings --markdown > docs/settings.md -->"
    yield ""
    yield (
        "An administrator sets a kiosk up in `site.toml`: in `/etc/cunkou` where the package is installed, else in"
        " the kiosk's folder. What is not in the file keeps what was answered on the kiosk's own screen"
        " (`setup.toml`), else its default. A mistake is told with file and line, and the last good copy is used"
        " meanwhile. `cunkou settings` shows what is in use. More: [admin.md](admin.md)."
    )
    yield ""
    yield (
        "本机的设置写在 `site.toml`：用软件包装的在 `/etc/cunkou`，别的在数据文件夹里。没有写的，"
        "用第一次开机时在屏幕上填的，再没有就用默认值。写错了，程序会说出是哪个文件、哪一行，先照上一份好的设置运行。"
    )
    yield ""
    yield "| 名字 | 默认值 | 可以写 | 单位 | 意思 |"
    yield "|---|---|---|---|---|"
    for row in setting_rows(Settings()):
        yield f"| `{row.name}` | `{as_stored(row.default)}` | {row.accepts} | {row.unit} | {row.meaning} |"
    yield ""
    yield "例子："
    yield ""
    yield "```toml"
    yield 'village = "杨树村便民服务点"'
    yield 'region = "350122105"'
    yield "screen_inches = 21.5"
    yield 'orientation = "portrait"'
    yield 'printer = "escpos"'
    yield "paper_dots = 384"
    yield "```"
