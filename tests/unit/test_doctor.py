import dataclasses
from datetime import date

import pytest

from content_packs.errors import PackIntegrityError, SettingsError, SiteError, VoiceError
from kiosk.doctor import Facts, PrinterState, ServiceState, TrustedRoot, Verdict, examine
from kiosk.panel import Panel
from kiosk.settings import Settings
from kiosk.site import KEPT
from kiosk.words import PackCard

DAY = date(2026, 11, 22)
PACK = PackCard(
    id="cn.cunkou.starter", version=1, title="入门包", publisher="村口", issued_on=DAY, items=250, signed=False
)
FIT = Facts(
    settings=Settings(),
    printer=PrinterState.READY,
    printer_name="Ticket",
    free_bytes=20 * 1024**3,
    panel=Panel(268, 476),
    today=DAY,
    trusted_on=DAY,
    packs=(PACK,),
    roots=(TrustedRoot(repository="fujian", expires=date(2027, 11, 1)),),
    backed_up_on=DAY,
    keeps_jobs=False,
    service=ServiceState.READY,
)


def check(name, **changes):
    (found,) = [check for check in examine(dataclasses.replace(FIT, **changes)) if check.name == name]
    return found


def test_a_fit_kiosk_has_nothing_to_do():
    checks = examine(FIT)
    assert {check.verdict for check in checks} == {Verdict.OK}
    assert [check.todo + check.code for check in checks] == [""] * len(checks)
    assert [check.name for check in checks] == [
        "settings",
        "packs",
        "search",
        "region",
        "screen",
        "voice",
        "sound",
        "printer",
        "fonts",
        "tables",
        "disk",
        "clock",
        "trust",
        "sync",
        "sticks",
        "backups",
        "files",
        "privacy",
        "service",
    ]


URLS = Settings(sync_urls="https://packs.example.gov.cn/")

BROKEN = [
    ("settings", {"site_file": SettingsError("先照上一份。", todo="请改好。", code=KEPT)}, Verdict.WARN, "改好"),
    ("trust", {"roots": ()}, Verdict.WARN, "cunkou trust set"),
    ("trust", {"roots": (TrustedRoot(repository="a", expires=None),)}, Verdict.FAIL, "cunkou trust set"),
    ("trust", {"roots": (TrustedRoot(repository="a", expires=date(2027, 1, 20)),)}, Verdict.WARN, "新的根证书"),
    ("sync", {"settings": URLS}, Verdict.WARN, "网线"),
    ("sync", {"settings": URLS, "synced_on": date(2026, 11, 8)}, Verdict.WARN, "网线"),
    ("sticks", {"has_sticks": False}, Verdict.WARN, "udisks2"),
    ("backups", {"backed_up_on": None}, Verdict.WARN, "cunkou backup now"),
    ("backups", {"backed_up_on": date(2026, 11, 18)}, Verdict.WARN, "cunkou backup now"),
    ("backups", {"backed_up_on": date(2027, 11, 18)}, Verdict.WARN, "cunkou backup now"),
    ("files", {"damaged": ("2026年11月22日，同步记录坏了。",)}, Verdict.WARN, "磁盘"),
    ("privacy", {"keeps_jobs": True}, Verdict.WARN, "cupsctl PreserveJobFiles=No PreserveJobHistory=No"),
    ("service", {"service": ServiceState.NOT_ENABLED}, Verdict.WARN, "systemctl enable"),
    ("service", {"service": ServiceState.NO_WATCHDOG}, Verdict.WARN, "重新安装"),
    ("settings", {"site_file": SettingsError("设置文件不能用。", todo="请改好。")}, Verdict.FAIL, "改好"),
    ("packs", {"packs": ()}, Verdict.FAIL, "cunkou install"),
    ("packs", {"packs_trouble": PackIntegrityError("坏了。", todo="重新安装。")}, Verdict.FAIL, "重新安装"),
    ("region", {"elsewhere": 12}, Verdict.WARN, "region"),
    ("search", {"without_index": ("入门包",)}, Verdict.WARN, "安装"),
    ("screen", {"panel": None}, Verdict.WARN, "screen_inches"),
    ("screen", {"panel": Panel(217, 136)}, Verdict.WARN, "15.6寸"),
    ("voice", {"voice": VoiceError("没有声音。", todo="请安装 espeak-ng。")}, Verdict.WARN, "espeak-ng"),
    ("sound", {"sound": VoiceError("没有喇叭。", todo="请插上。")}, Verdict.WARN, "插上"),
    ("sound", {"settings": Settings(sound="null")}, Verdict.WARN, "auto"),
    ("printer", {"printer": PrinterState.NO_SYSTEM}, Verdict.WARN, "cups"),
    ("printer", {"printer": PrinterState.NO_QUEUE}, Verdict.WARN, "printer_queue"),
    ("printer", {"printer": PrinterState.NO_QUEUE, "printer_name": ""}, Verdict.WARN, "添加打印机"),
    ("printer", {"printer": PrinterState.STOPPED}, Verdict.WARN, "cupsenable Ticket"),
    ("printer", {"printer": PrinterState.NO_DEVICE}, Verdict.WARN, "escpos_device"),
    ("printer", {"printer": PrinterState.LOCKED}, Verdict.WARN, "lp"),
    ("fonts", {"languages_without_font": ("zh-cn", "bo")}, Verdict.FAIL, "fonts-noto-cjk fonts-noto-core"),
    ("fonts", {"languages_without_font": ("ug", "bo")}, Verdict.WARN, "安装 fonts-noto-core。"),
    ("tables", {"tables": SiteError("没有字表。", todo="重新安装本程序。")}, Verdict.FAIL, "重新安装"),
    ("disk", {"free_bytes": 1024**3}, Verdict.WARN, "删掉"),
    ("disk", {"free_bytes": 1024**2}, Verdict.FAIL, "删掉"),
    ("clock", {"today": date(1970, 1, 1)}, Verdict.WARN, "电池"),
    ("clock", {"today": date(2099, 1, 1)}, Verdict.WARN, "装新的资料包"),
]


@pytest.mark.parametrize(("name", "changes", "verdict", "todo"), BROKEN)
def test_what_is_wrong_is_said_with_what_to_do_and_a_code(name, changes, verdict, todo):
    found = check(name, **changes)
    assert found.verdict is verdict
    assert todo in found.todo
    assert found.found.endswith(("。", "）"))
    assert found.code[1] == "-"


@pytest.mark.parametrize(("name", "changes"), [(name, changes) for name, changes, *_ in BROKEN])
def test_one_fault_spoils_no_other_check(name, changes):
    others = [check for check in examine(dataclasses.replace(FIT, **changes)) if check.name != name]
    spoilt = {check.name for check in others if check.verdict is not Verdict.OK}
    assert spoilt <= ({"voice"} if "settings" in changes else set())


def test_what_is_switched_off_needs_no_device():
    off = {"settings": Settings(sound="off", printer="none"), "printer": None, "sound": VoiceError("无")}
    assert check("voice", **off).verdict is check("sound", **off).verdict is Verdict.OK
    assert check("printer", **off).verdict is Verdict.OK


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("sync", {"settings": URLS, "synced_on": date(2026, 11, 9)}),
        ("sync", {"synced_on": date(2026, 11, 9)}),
        ("trust", {"roots": (TrustedRoot(repository="a", expires=date(2027, 1, 21)),)}),
        ("backups", {"backed_up_on": date(2026, 11, 19)}),
        ("privacy", {"keeps_jobs": None}),
        ("privacy", {"keeps_jobs": True, "settings": Settings(printer="none")}),
        ("service", {"service": ServiceState.NOT_INSTALLED}),
    ],
)
def test_what_is_just_good_enough_is_fit(name, changes):
    assert check(name, **changes).verdict is Verdict.OK


def test_where_a_kiosk_stands_is_said_by_name():
    found = check("region", settings=Settings(region="330112"), region_name="浙江省杭州市临安区").found
    assert found == "区划代码：330112（浙江省杭州市临安区）。"
