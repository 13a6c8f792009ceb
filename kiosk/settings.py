"""What an administrator can set: declared once, here, and checked here. `kiosk.site` says where it is read from.

A field of `Settings` carries its type, default, meaning, unit and range. The check of the site file, the command
``cunkou settings`` and the page ``docs/settings.md`` all follow from these declarations.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from content_packs.errors import SettingsError
from content_packs.model import REGION_PATTERN
from kiosk.declared import Declaration, Rule, check_value


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How this kiosk is set up. Defaults suit a machine just unpacked."""

    village: Annotated[
        str,
        Rule(meaning="村名或服务点的名字，显示在屏幕上方，也印在小票上。", longest=24, pattern=r".+", form="1到24个字"),
    ] = "村口便民服务点"
    region: Annotated[
        str,
        Rule(
            meaning="本机所在地的区划代码。只显示适用于本地的内容，同一件事有本地内容时用本地的。0 表示只看全国内容。",
            pattern=REGION_PATTERN,
            form="0，或2、4、6、9、12位数字",
        ),
    ] = "0"
    orientation: Annotated[
        Literal["auto", "portrait", "landscape"],
        Rule(meaning="屏幕怎样挂：auto 看系统，portrait 竖着，landscape 横着。画面转向由系统设定，这里只用来算尺寸。"),
    ] = "auto"
    screen_inches: Annotated[
        float,
        Rule(meaning="屏幕对角线的长度，用来算字和按钮有多大。0 表示问显示器。", unit="英寸", low=0, high=100),
    ] = 0.0
    viewing_distance_mm: Annotated[
        int,
        Rule(meaning="人眼到屏幕的距离，越远字越大。", unit="毫米", low=300, high=1500),
    ] = 550
    text_size: Annotated[
        Literal["standard", "large", "largest"],
        Rule(meaning="每次回到首页时的字大小：standard 标准，large 大，largest 最大。"),
    ] = "standard"
    high_contrast: Annotated[bool, Rule(meaning="每次回到首页时是否用黑底高对比。")] = False
    left_handed: Annotated[bool, Rule(meaning="每次回到首页时是否把下方按钮左右对调，方便左手。")] = False
    reduced_motion: Annotated[bool, Rule(meaning="是否不要翻页动画。")] = False
    pin_hash: Annotated[
        str,
        Rule(
            meaning="工作人员的 PIN，用 cunkou pin hash 算出来。每个新值只采用一次，以后在本机改的不会被它盖掉。",
            longest=120,
            pattern=r"(scrypt\$[0-9]{1,2}\$[0-9a-f]{32}\$[0-9a-f]{64})?",
            form="cunkou pin hash 的结果",
            is_secret=True,
        ),
    ] = ""
    opening_hours: Annotated[
        str,
        Rule(
            meaning="几点到几点开着，几段之间空一格。其他时候屏幕变暗，写明几点再开，点一下照样能用；"
            "核对、备份这些活也放到那时做。留空就一直开着。",
            longest=35,
            pattern=r"((?:[01]\d|2[0-3]):[0-5]\d-(?:[01]\d|2[0-3]):[0-5]\d"
            r"( (?:[01]\d|2[0-3]):[0-5]\d-(?:[01]\d|2[0-3]):[0-5]\d){0,2})?",
            form="08:00-18:00，或 08:00-12:00 14:00-17:30，最多三段",
        ),
    ] = ""
    idle_s: Annotated[int, Rule(meaning="多久没有人碰，就开始倒数。", unit="秒", low=30, high=600)] = 90
    warn_s: Annotated[
        int,
        Rule(meaning="倒数多久，之后回到首页并清掉上一位的内容。", unit="秒", low=5, high=60),
    ] = 15
    search_cache_mib: Annotated[
        int,
        Rule(
            meaning="搜索最多把多少读过的索引留在内存里，满了就忘掉最久没用的。",
            unit="MiB",
            low=0,
            high=1024,
        ),
    ] = 64
    sync_urls: Annotated[
        str,
        Rule(
            meaning="夜里自己去取新内容的网址，几个之间空一格，例如全国一个、本省一个。留空就只用 U 盘。",
            longest=600,
            pattern=r"(https?://[^\s@?#]+( https?://[^\s@?#]+)*)?",
            form="https:// 开头的网址，不带用户名和密码",
        ),
    ] = ""
    trusted_roots: Annotated[
        str,
        Rule(
            meaning="发布单位根证书的指纹（SHA-256），当面或电话里核对过的，几个之间空一格。"
            "写在这里，每台机器上 cunkou trust set ROOT.json 就不用再打指纹。",
            longest=649,
            pattern=r"([0-9A-Fa-f]{64}( [0-9A-Fa-f]{64}){0,9})?",
            form="64位十六进制数，最多十个",
        ),
    ] = ""
    sync_hours: Annotated[
        str,
        Rule(
            meaning="夜里什么时候自己去取。每台机器在其中有自己的时刻，不会一起挤上来。留空就不自己取。",
            longest=11,
            pattern=r"((?:[01]\d|2[0-3]):[0-5]\d-(?:[01]\d|2[0-3]):[0-5]\d)?",
            form="01:00-05:00 这样的时间段",
        ),
    ] = "01:00-05:00"
    sync_kbit_s: Annotated[
        int,
        Rule(meaning="联网取内容平均最快多快，免得占满线路。0 表示不限。", unit="千比特/秒", low=0, high=1_000_000),
    ] = 0
    sync_proxy: Annotated[
        str,
        Rule(
            meaning="代理服务器的网址，可以带用户名和密码。留空就直接联网。",
            longest=200,
            pattern=r"(https?://\S+)?",
            form="http:// 开头的网址",
            is_secret=True,
        ),
    ] = ""
    sound: Annotated[
        Literal["auto", "null", "off"],
        Rule(meaning="声音：auto 用系统的喇叭，null 照常朗读但不出声（测试用），off 不朗读也不显示按钮。"),
    ] = "auto"
    voice: Annotated[
        str,
        Rule(
            meaning="朗读用的声音，写引擎里的名字，例如 sit/cmn-latn-pinyin。留空就自动选普通话。",
            longest=64,
            pattern=r"[A-Za-z0-9/+_. -]*",
            form="字母、数字和 / + _ . -",
        ),
    ] = ""
    printer: Annotated[
        Literal["cups", "escpos", "none"],
        Rule(meaning="打印机：cups 用系统里的打印队列，escpos 直接接小票机，none 没有打印机。"),
    ] = "cups"
    printer_queue: Annotated[
        str,
        Rule(
            meaning="系统里打印队列的名字。留空就用默认打印机。",
            longest=127,
            pattern=r"[^\s/#]*",
            form="没有空格、/ 和 #",
        ),
    ] = ""
    escpos_device: Annotated[
        str,
        Rule(
            meaning="小票机的设备文件。",
            longest=127,
            pattern=r"/dev/[A-Za-z0-9._/-]+",
            form="/dev/ 开头的设备文件",
        ),
    ] = "/dev/usb/lp0"
    paper_dots: Annotated[
        Literal[384, 576],
        Rule(meaning="小票纸能印多宽：58毫米纸是384，80毫米纸是576。", unit="点"),
    ] = 576


@cache
def declarations() -> tuple[Declaration, ...]:
    """Return every setting in the order in which administrators read them."""
    hints = get_type_hints(Settings, include_extras=True)
    return tuple(_declaration(field.name, field.default, hints[field.name]) for field in fields(Settings))


def _declaration(name: str, default: Any, hint: object) -> Declaration:  # noqa: ANN401 (dataclasses say no more)
    """Return what the annotation of one field declares."""
    base, rule = get_args(hint)
    choices = get_args(base) if get_origin(base) is Literal else ()
    return Declaration(name=name, type=type(default), default=default, choices=choices, rule=rule)


def settings_from_text(text: str, path: Path) -> Settings:
    """Return the settings that a site file of this text gives.

    Args:
        text: TOML.
        path: Named in errors.

    Raises:
        SettingsError: It is no TOML, or holds an unknown key or a wrong value.
    """
    return Settings(**said_in(text, path))


def said_in(text: str, path: Path) -> dict[str, Any]:
    """Return what a site file of this text sets: names of settings, each with a value that may stand.

    Args:
        text: TOML.
        path: Named in errors.

    Raises:
        SettingsError: It is no TOML, or holds an unknown key or a wrong value.
    """
    import tomllib  # noqa: PLC0415 (a kiosk without a site file starts without it)

    try:
        table = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # of a number without end, or nested without end, it says no line
        found = re.search(r"at line (\d+)", str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        raise refusal(path, line, f"写法不对：{error}") from error
    known = {declared.name: declared for declared in declarations()}
    for key, value in table.items():
        if why := _objection(key, value, known):
            raise refusal(path, _line_of(text, key), why)
    return {key: float(value) if known[key].type is float else value for key, value in table.items()}


def _objection(key: str, value: object, known: Mapping[str, Declaration]) -> str:
    if key not in known:
        from difflib import get_close_matches  # noqa: PLC0415 (a right file needs no guess)

        near = get_close_matches(key, known, n=1)
        return f"没有叫 {key} 的设置" + (f"，是不是 {near[0]}？" if near else "")
    why = check_value(known[key], value)
    return why and f"{key} {why}"


def _line_of(text: str, key: str) -> int:
    """Return the line on which a top-level key or table of that name stands, 1 if it cannot be found."""
    name = re.escape(key)
    found = re.search(rf"""^[ \t]*(?:\[+[ \t]*)?["']?{name}["']?[ \t]*[=.\]]""", text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 if found else 1


def refusal(path: Path, line: int, why: str) -> SettingsError:
    """Return the error for a site file that cannot be used.

    Args:
        path: The file; it is named as the administrator edits it: an installed kiosk's home holds a link to it.
        line: In it, from 1; 0 where no line is at fault.
        why: What is wrong.
    """
    edited = os.path.realpath(path)  # not Path.resolve: that fails on links in a circle, which are such a file
    place = f"{edited}:{line}" if line else edited
    return SettingsError(
        "设置文件不能用。",
        why=f"{place}：{why}",
        todo="请照 cunkou settings 列出的写法改好，再启动。",
    )
