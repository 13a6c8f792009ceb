"""Is this kiosk fit for work? Facts about the machine → a verdict on each, with what to do: pure.

`kiosk.machine` gathers the facts.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from content_packs.errors import KioskError
from kiosk.clock import counting_date, date_words
from kiosk.panel import FULL_TARGET_MM, Panel
from kiosk.regions import COUNTRY
from kiosk.settings import Settings
from kiosk.site import KEPT
from kiosk.words import PackCard

LEAST_FREE_BYTES: Final = 300 * 1024**2
COMFORTABLE_FREE_BYTES: Final = 2 * 1024**3
BACKUP_DAYS: Final = 3
SYNC_DAYS: Final = 14
ROOT_DAYS: Final = 60
"""So long before its end a root must be renewed: a stick takes weeks to come round."""

DOUBTFUL_DAYS: Final = 400
"""A machine clock further ahead of everything we know is more likely wrong than right."""


class Verdict(StrEnum):
    """What a check has come to."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One part of the kiosk that was looked at.

    Attributes:
        name: Stable name in English.
        title: The same for people.
        verdict: Fit, fit with a reservation, or unfit.
        found: What was seen, one Chinese sentence.
        todo: What to do now; empty if fit.
        code: To be told over the telephone; empty if fit.
    """

    name: str
    title: str
    verdict: Verdict
    found: str
    todo: str = ""
    code: str = ""


class PrinterState(StrEnum):
    """Whether paper would come out."""

    READY = "ready"
    NO_SYSTEM = "no_system"
    NO_QUEUE = "no_queue"
    STOPPED = "stopped"
    NO_DEVICE = "no_device"
    LOCKED = "locked"


class ServiceState(StrEnum):
    """Whether the screen comes back by itself."""

    NOT_INSTALLED = "not_installed"
    READY = "ready"
    NOT_ENABLED = "not_enabled"
    NO_WATCHDOG = "no_watchdog"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustedRoot:
    """A repository whose content is accepted.

    Attributes:
        repository: Its stable name.
        expires: Last day of its newest root; None where it cannot be read.
    """

    repository: str
    expires: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What was seen on the machine.

    Attributes:
        settings: In use.
        site_file: Why the site file cannot be used, so that the defaults are in use; None if it can.
        voice: Why nothing can be spoken; None if all is well.
        sound: Why nothing can be heard; None if all is well.
        printer: State of the printer; None if the settings say that there is none.
        printer_name: Queue or device that was looked for.
        languages_without_font: Of zh-cn, ug and bo.
        free_bytes: On the volume of the home folder.
        panel: The screen as it hangs; None if it told no size and none is set.
        today: Of the machine's clock.
        trusted_on: The latest date that is sure to have passed.
        packs: Active ones.
        packs_trouble: Why the packs cannot be read; None if they can.
        elsewhere: Items that hold in other regions only.
        without_index: Titles of packs that have no search index, or an outdated one.
        tables: Why keyboard and search have no tables; None if they have.
        region_name: Where the kiosk stands, in words; empty where its code has none.
        roots: Repositories whose content is accepted.
        synced_on: When a sync last succeeded, by stick or line; None if never.
        backed_up_on: When the small files were last backed up; None if never.
        damaged: Damaged small files that lie aside, in words.
        keeps_jobs: Whether CUPS keeps what was printed or who printed it; None where nobody can tell, or there is none.
        service: Whether the screen is started and watched by the system.
        has_sticks: Whether there is a service for sticks.
    """

    settings: Settings
    site_file: KioskError | None = None
    voice: KioskError | None = None
    sound: KioskError | None = None
    printer: PrinterState | None = None
    printer_name: str = ""
    languages_without_font: tuple[str, ...] = ()
    free_bytes: int
    panel: Panel | None
    today: date
    trusted_on: date
    packs: tuple[PackCard, ...] = ()
    packs_trouble: KioskError | None = None
    elsewhere: int = 0
    without_index: tuple[str, ...] = ()
    tables: KioskError | None = None
    region_name: str = ""
    roots: tuple[TrustedRoot, ...] = ()
    synced_on: date | None = None
    backed_up_on: date | None = None
    damaged: tuple[str, ...] = ()
    keeps_jobs: bool | None = None
    service: ServiceState = ServiceState.NOT_INSTALLED
    has_sticks: bool = True


def examine(facts: Facts) -> tuple[Check, ...]:
    """Return every check, in the order in which a clerk would look."""
    return (
        _site_file(facts.site_file),
        _packs(facts),
        _search(facts.without_index),
        _region(facts),
        _screen(facts.panel),
        _speech("voice", "朗读的声音", facts.voice, facts.settings),
        _speech("sound", "喇叭", facts.sound, facts.settings),
        _printer(facts),
        _fonts(facts.languages_without_font),
        _tables(facts.tables),
        _disk(facts.free_bytes),
        _clock(facts.today, facts.trusted_on),
        _trust(facts),
        _sync(facts),
        _sticks(has_sticks=facts.has_sticks),
        _backups(facts),
        _damaged(facts.damaged),
        _privacy(facts),
        _service(facts.service),
    )


def _site_file(trouble: KioskError | None) -> Check:
    if trouble:
        kept = trouble.telephone_code == KEPT
        return _trouble("settings", "设置", trouble, Verdict.WARN if kept else Verdict.FAIL)
    return _fine("settings", "设置", "设置文件没有问题。")


def _packs(facts: Facts) -> Check:
    if facts.packs_trouble:
        return _trouble("packs", "资料包", facts.packs_trouble)
    if not facts.packs:
        return Check(
            name="packs",
            title="资料包",
            verdict=Verdict.FAIL,
            found="一个资料包也没有装。",
            todo="请运行 cunkou install 资料包文件夹。",
            code="P-100",
        )
    names = "、".join(f"{pack.title}第{pack.version}版（{pack.items}条）" for pack in facts.packs)
    return _fine("packs", "资料包", f"装了{len(facts.packs)}个：{names}。")


def _search(without_index: tuple[str, ...]) -> Check:
    if not without_index:
        return _fine("search", "搜索", "索引都是新的。")
    return Check(
        name="search",
        title="搜索",
        verdict=Verdict.WARN,
        found=f"{'、'.join(without_index)}没有搜索索引，只能按名字找。",
        todo="请再运行一次安装这个资料包的命令。",
        code="M-314",
    )


def _region(facts: Facts) -> Check:
    if not facts.elsewhere:
        where = "没有设置，只显示全国的内容" if facts.settings.region == COUNTRY else facts.settings.region
        where += f"（{facts.region_name}）" if facts.region_name else ""
        return _fine("region", "所在地区", f"区划代码：{where}。")
    return Check(
        name="region",
        title="所在地区",
        verdict=Verdict.WARN,
        found=f"有{facts.elsewhere}条内容只适用于别的地区，没有显示。",
        todo=f"如果本机不在 {facts.settings.region}，请在 site.toml 里改 region。",
        code="M-321",
    )


def _screen(panel: Panel | None) -> Check:
    if panel is None:
        return Check(
            name="screen",
            title="屏幕",
            verdict=Verdict.WARN,
            found="屏幕没有说自己多大，按21.5寸算字大小。",
            todo="请量一下对角线，在 site.toml 里写 screen_inches。",
            code="M-371",
        )
    size = f"{panel.width_mm:.0f}×{panel.height_mm:.0f}毫米"
    if panel.target_mm < FULL_TARGET_MM:
        return Check(
            name="screen",
            title="屏幕",
            verdict=Verdict.WARN,
            found=f"屏幕只有{size}，按钮缩到{panel.target_mm:.0f}毫米高，老人不好点。",
            todo="请换15.6寸或更大的屏幕。",
            code="M-370",
        )
    return _fine("screen", "屏幕", f"屏幕{size}，按钮够大。")


def _speech(name: str, title: str, trouble: KioskError | None, settings: Settings) -> Check:
    if settings.sound == "off":
        return _fine(name, title, "设置成不朗读。")
    if trouble:
        return _trouble(name, title, trouble, Verdict.WARN)
    if settings.sound == "null":
        return Check(
            name=name,
            title=title,
            verdict=Verdict.WARN,
            found="设置成不出声（sound = null），只用于测试。",
            todo='请在 site.toml 里写 sound = "auto"。',
            code="M-341",
        )
    return _fine(name, title, "可以用。")


_PRINTER_WORDS: Final = {
    PrinterState.NO_SYSTEM: ("本机没有装打印系统 CUPS。", '请安装 cups，或在 site.toml 里写 printer = "none"。'),
    PrinterState.NO_QUEUE: ("找不到打印队列 {name}。", "请在系统里添加打印机，或改 site.toml 里的 printer_queue。"),
    PrinterState.STOPPED: ("打印队列 {name} 停了。", "请看看打印机有没有纸、开没开电源，再运行 cupsenable {name}。"),
    PrinterState.NO_DEVICE: (
        "找不到小票机 {name}。",
        "请插好小票机的线，打开电源，或改 site.toml 里的 escpos_device。",
    ),
    PrinterState.LOCKED: ("不能往小票机 {name} 里写。", "请把运行本程序的用户加进 lp 组，再重新登录。"),
}


def _printer(facts: Facts) -> Check:
    if facts.printer is None:
        return _fine("printer", "打印机", "设置成没有打印机，用手机扫码带走。")
    if facts.printer is PrinterState.READY:
        return _fine("printer", "打印机", f"{facts.printer_name} 可以用。")
    found, todo = _PRINTER_WORDS[facts.printer]
    name = facts.printer_name
    if facts.printer is PrinterState.NO_QUEUE and not name:
        found = "系统里没有默认的打印机，设置里也没有写打印队列。"
    return Check(
        name="printer",
        title="打印机",
        verdict=Verdict.WARN,
        found=found.format(name=name),
        todo=todo.format(name=name),
        code="M-330",
    )


_FONTS: Final = {
    "zh-cn": ("汉字", "fonts-noto-cjk"),
    "ug": ("维吾尔文", "fonts-noto-core"),
    "bo": ("藏文", "fonts-noto-core"),
}


def _fonts(missing: tuple[str, ...]) -> Check:
    if not missing:
        return _fine("fonts", "字体", "汉字、维吾尔文、藏文都能显示。")
    scripts = "、".join(_FONTS[language][0] for language in missing)
    packages = " ".join(dict.fromkeys(_FONTS[language][1] for language in missing))
    return Check(
        name="fonts",
        title="字体",
        verdict=Verdict.FAIL if "zh-cn" in missing else Verdict.WARN,
        found=f"没有{scripts}的字体。",
        todo=f"请安装 {packages}。",
        code="M-380",
    )


def _tables(trouble: KioskError | None) -> Check:
    if trouble:
        return _trouble("tables", "字表", trouble)
    return _fine("tables", "字表", "拼音和词语的表都在。")


def _disk(free: int) -> Check:
    words = f"还有{free / 1024**3:.1f} GB。"
    if free >= COMFORTABLE_FREE_BYTES:
        return _fine("disk", "磁盘", words)
    return Check(
        name="disk",
        title="磁盘",
        verdict=Verdict.WARN if free >= LEAST_FREE_BYTES else Verdict.FAIL,
        found=f"空间不多，{words}" if free >= LEAST_FREE_BYTES else f"空间快用完了，{words}",
        todo="请删掉本机上用不着的文件。",
        code="M-310",
    )


def _clock(today: date, trusted: date) -> Check:
    days = (today - trusted).days
    if 0 <= days <= DOUBTFUL_DAYS:
        return _fine("clock", "日期", f"本机日期是{date_words(today)}。")
    why = f"比已知的{date_words(trusted)}还早" if days < 0 else f"比最新的内容晚{days}天"
    return Check(
        name="clock",
        title="日期",
        verdict=Verdict.WARN,
        found=f"本机日期是{date_words(today)}，{why}。",
        todo="请核对系统日期；如果日期对，请装新的资料包。" if days > 0 else "请把系统日期改对，可能要换主板电池。",
        code="M-390",
    )


def _trust(facts: Facts) -> Check:
    if not facts.roots:
        return Check(
            name="trust",
            title="信任谁",
            verdict=Verdict.WARN,
            found="还没有设置相信哪个发布单位，U盘和网上的新内容都不会采用。",
            todo="请向发布单位要根证书和指纹，用管理员身份运行 cunkou trust set。",
            code="M-393",
        )
    broken = [root.repository for root in facts.roots if root.expires is None]
    ends = min((root.expires for root in facts.roots if root.expires), default=None)
    if broken or ends is None:
        return Check(
            name="trust",
            title="信任谁",
            verdict=Verdict.FAIL,
            found=f"{'、'.join(broken)}的根证书读不出来。",
            todo="请重新运行 cunkou trust set。",
            code="M-394",
        )
    names = "、".join(root.repository for root in facts.roots)
    if (ends - counting_date(facts.trusted_on, facts.today)).days < ROOT_DAYS:
        return Check(
            name="trust",
            title="信任谁",
            verdict=Verdict.WARN,
            found=f"相信{names}，根证书到{date_words(ends)}为止。",
            todo="请同步一次，新的根证书会跟着来；没有的话，请发布单位签一份新的。",
            code="M-398",
        )
    return _fine("trust", "信任谁", f"相信{names}，根证书到{date_words(ends)}为止。")


def _is_doubtful(facts: Facts) -> bool:
    """Whether the machine's clock tells no day that anything could be counted from."""
    return counting_date(facts.trusted_on, facts.today) != facts.today


def _sync(facts: Facts) -> Check:
    when = f"上次同步成功：{date_words(facts.synced_on)}。" if facts.synced_on else "还没有同步过。"
    if not facts.settings.sync_urls:
        return _fine("sync", "同步", f"{when}没有设网址，只用U盘。")
    if facts.synced_on and (_is_doubtful(facts) or (facts.today - facts.synced_on).days < SYNC_DAYS):
        return _fine("sync", "同步", when)
    return Check(
        name="sync",
        title="同步",
        verdict=Verdict.WARN,
        found=when,
        todo="请看看网线和路由器；在“同步记录”里看原因，或者先用U盘。",
        code="M-396",
    )


def _sticks(*, has_sticks: bool) -> Check:
    if has_sticks:
        return _fine("sticks", "U盘", "插上U盘会自己认出来。")
    return Check(
        name="sticks",
        title="U盘",
        verdict=Verdict.WARN,
        found="本机没有管理U盘的服务，插上U盘没有反应。",
        todo="请安装 udisks2。",
        code="M-366",
    )


def _backups(facts: Facts) -> Check:
    when = facts.backed_up_on
    if when and (_is_doubtful(facts) or abs((facts.today - when).days) <= BACKUP_DAYS):
        return _fine("backups", "备份", f"上次备份：{date_words(when)}。")
    return Check(
        name="backups",
        title="备份",
        verdict=Verdict.WARN,
        found=f"上次备份：{date_words(when)}。" if when else "还没有备份过。",
        todo="没有人用的时候会自己备份；等不及就运行 cunkou backup now。",
        code="M-356",
    )


def _damaged(damaged: tuple[str, ...]) -> Check:
    if not damaged:
        return _fine("files", "小文件", "PIN、记录和设置都读得出来。")
    return Check(
        name="files",
        title="小文件",
        verdict=Verdict.WARN,
        found="".join(damaged),
        todo="机器照常能用。一个月里坏两次以上，多半是磁盘或电源有毛病，请换。",
        code="M-357",
    )


def _privacy(facts: Facts) -> Check:
    if facts.settings.printer != "cups" or facts.keeps_jobs is None:
        return _fine("privacy", "打印记录", "本机不留打印记录。")
    if not facts.keeps_jobs:
        return _fine("privacy", "打印记录", "打印系统不留打印过的内容和记录。")
    return Check(
        name="privacy",
        title="打印记录",
        verdict=Verdict.WARN,
        found="打印系统会留下打印过的内容或记录，别人能看到村民打了什么。",
        todo="请用管理员身份运行 cupsctl PreserveJobFiles=No PreserveJobHistory=No。",
        code="M-336",
    )


_SERVICE_WORDS: Final = {
    ServiceState.NOT_ENABLED: ("开机不会自己打开屏幕。", "请用管理员身份运行 systemctl enable --now cunkou-kiosk。"),
    ServiceState.NO_WATCHDOG: ("屏幕卡死了不会自己重来。", "请重新安装本程序的软件包。"),
}


def _service(state: ServiceState) -> Check:
    if state is ServiceState.READY:
        return _fine("service", "自己恢复", "开机自己打开；退出或卡死了会自己重来。")
    if state is ServiceState.NOT_INSTALLED:
        return _fine("service", "自己恢复", "不是用软件包装的，屏幕程序由人打开。")
    found, todo = _SERVICE_WORDS[state]
    return Check(name="service", title="自己恢复", verdict=Verdict.WARN, found=found, todo=todo, code="M-397")


def _fine(name: str, title: str, found: str) -> Check:
    return Check(name=name, title=title, verdict=Verdict.OK, found=found)


def _trouble(name: str, title: str, error: KioskError, verdict: Verdict = Verdict.FAIL) -> Check:
    found = f"{error.what.removesuffix('。')}（{error.why}）。" if error.why else error.what
    return Check(name=name, title=title, verdict=verdict, found=found, todo=error.todo, code=error.telephone_code)
