"""The command ``cunkou``: which subcommands there are, and how a failure is told.

A subcommand's module is imported only when it is called, so that ``cunkou --help`` is quick. To add one, write a
module in this folder and a line in `COMMANDS`.
"""

import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import NamedTuple

from content_packs.errors import KioskError
from content_packs.harmless import harmless
from sync.source import SourceGoneError


class Command(NamedTuple):
    """One subcommand.

    Attributes:
        module: Where it lives.
        name: Of the function, or of the `typer.Typer` that holds a family.
        help: One line for ``cunkou --help``.
    """

    module: str
    name: str
    help: str


COMMANDS: dict[str, Command] = {
    "pack": Command("kiosk.cli.pack", "app", "写资料包：新建、检查、打包、导入。"),
    "install": Command("kiosk.cli.install", "install", "安装一份打好的资料包。"),
    "packs": Command("kiosk.cli.install", "packs", "列出已经安装的资料包。"),
    "sync": Command("kiosk.cli.sync", "sync", "从 U 盘、文件夹或网址取新内容。"),
    "stick": Command("kiosk.cli.stick", "app", "U 盘：看看里面有什么新内容，装进来。"),
    "verify": Command("kiosk.cli.upkeep", "verify", "核对已装的资料包，坏了的用本机还有的修好。"),
    "rollback": Command("kiosk.cli.upkeep", "rollback", "退回一份资料包的上一版。"),
    "remove": Command("kiosk.cli.upkeep", "remove", "拿掉一份资料包；随程序来的不能拿掉。"),
    "publish": Command("kiosk.cli.publish", "app", "发布资料包：建仓库、授权、签名、做 U 盘。"),
    "index": Command("kiosk.cli.index", "index", "给已经安装的资料包建搜索索引：缺的、旧的、坏的。"),
    "search": Command("kiosk.cli.search", "search", "在已安装的资料包里找：中文、拼音、首字母、文号。"),
    "unanswered": Command("kiosk.cli.unanswered", "unanswered", "列出村民多次问过、还没有答案的问题。"),
    "pin": Command("kiosk.cli.pin", "app", "工作人员的 PIN：设置、查看。"),
    "backup": Command("kiosk.cli.backup", "app", "备份本机自己写的小文件：PIN、记录、屏幕上做的设置。"),
    "setup": Command("kiosk.cli.setup", "app", "第一次开机在屏幕上问的问题：看状态、不问、重新问。"),
    "settings": Command("kiosk.cli.settings", "settings", "列出本机的设置和它们的意思。"),
    "doctor": Command("kiosk.cli.doctor", "doctor", "检查本机：声音、打印机、字体、屏幕、磁盘、日期、资料包。"),
    "trust": Command("kiosk.cli.trust", "app", "看或设置本机信任谁发布的内容。"),
    "kiosk-id": Command("kiosk.cli.trust", "kiosk_id", "显示本机的公钥和指纹，给发布单位登记。"),
    "say": Command("kiosk.cli.say", "say", "朗读一段文字，或看它会怎么读。"),
}


WATCH = ("stick", "watch")
AS_CHILD = "--as-child"
"""With these the screen starts the process that watches for sticks."""

TRY_AGAIN = 4
"""Exit status when the source went away."""

_ABOUT = "村口：不联网也能用的村务信息机。屏幕程序是 cunkou-kiosk。"


def main() -> None:
    """Run the command that the arguments of the process name, and end the process."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit status.

    That is 0, 1 for a failure that is told in words, 2 for wrong usage, 4 where the stick or the line went away and the
    same command goes on from there. Commands with more of them say so.

    Args:
        arguments: Without the program's name.
    """
    try:
        if tuple(arguments[:2]) == WATCH and AS_CHILD in arguments:
            from kiosk.cli.watch import watch_as_child  # noqa: PLC0415 (needs none of the others)

            watch_as_child(arguments)
        else:
            _app(arguments[0] if arguments else "")(args=list(arguments), prog_name="cunkou")
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(bool(ended.code))
    except SourceGoneError as error:
        tell(error)
        return TRY_AGAIN
    except KioskError as error:
        tell(error)
        return 1
    return 0


def tell(error: KioskError) -> None:
    """Print what happened, why, what to do now, and the code for the telephone."""
    lines = [error.what, error.why and f"原因：{error.why}", error.todo and f"怎么办：{error.todo}"]
    for line in lines:
        if line:
            print(harmless(line), file=sys.stderr)
    print(f"代码：{error.telephone_code}", file=sys.stderr)


def _app(chosen: str) -> Callable[..., object]:
    """Return the application with the chosen command in full and the others as one line of help each."""
    import typer  # noqa: PLC0415 (7 MiB, which the process that watches for sticks all day does without)

    app = typer.Typer(
        name="cunkou",
        help=_ABOUT,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )

    @app.callback(help=_ABOUT)
    def everything() -> None:
        """Make typer treat what follows as subcommands, even if there is only one."""

    for name, command in COMMANDS.items():
        found = getattr(import_module(command.module), command.name) if name == chosen else _nothing
        if isinstance(found, typer.Typer):
            app.add_typer(found, name=name, help=command.help)
        else:
            function: Callable[..., object] = found
            app.command(name, help=command.help)(function)
    return app


def _nothing() -> None:
    """Stand in for a command that was not called."""


if __name__ == "__main__":
    main()
