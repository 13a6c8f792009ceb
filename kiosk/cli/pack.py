"""``cunkou pack``: new, check, build, import."""

from pathlib import Path
from typing import Annotated

import typer

from content_packs.build import build_release
from content_packs.checks import check_source
from content_packs.example import write_example
from content_packs.findings import Finding
from content_packs.importer import ImportOptions, import_jsonl
from content_packs.source import read_source
from kiosk.cli.options import HomeOption, JsonOption, day_of
from kiosk.cli.show import print_json, print_table, progress_bar

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)

_SHOWN_REMARKS = 100
SourceArgument = Annotated[Path, typer.Argument(help="资料包的文件夹，里面有 pack.toml。", show_default=False)]


@app.command(help="新建一个小例子，照着改就行。")
def new(
    folder: Annotated[Path, typer.Argument(help="要新建的文件夹。", show_default=False)],
    *,
    home: HomeOption = None,
) -> None:
    """Write a small example that passes every check."""
    del home
    write_example(folder)
    print(f"建好了：{folder}")
    print(f"改好以后，用 cunkou pack check {folder} 检查。")


@app.command(help="检查资料包；有不能发布的问题时退出码为 1。")
def check(
    source: SourceArgument,
    *,
    today: Annotated[str | None, typer.Option(help="按哪一天判断是否过期。", show_default="今天")] = None,
    everything: Annotated[bool, typer.Option("--all", help="提醒太多时也全部列出。")] = False,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Check a source and print what to mend; exit 1 when something would block publishing."""
    del home
    day = day_of(today, "--today")
    with progress_bar() as on_progress:
        loaded = read_source(source, on_progress=on_progress)
    findings = check_source(loaded, day)
    blocking = [finding for finding in findings if finding.blocking]
    remarks = [finding for finding in findings if not finding.blocking]
    if as_json:
        print_json(
            {"items": len(loaded.items), "blocking": len(blocking), "remarks": len(remarks), "findings": findings}
        )
    else:
        shown = remarks if everything else remarks[:_SHOWN_REMARKS]
        if blocking or shown:
            print_table(
                "检查结果", ("", "条目", "字段", "哪里不对", "怎么办", "位置"), [*map(_row, [*blocking, *shown])]
            )
        if len(shown) < len(remarks):
            print(f"还有 {len(remarks) - len(shown)} 条提醒没有列出，加 --all 看全部。")
        print(f"{len(loaded.items)} 个条目：{len(blocking)} 处要改，{len(remarks)} 处提醒。")
    if blocking:
        raise typer.Exit(1)


@app.command(help="打包：同样的内容，打出来的字节完全一样。")
def build(
    source: SourceArgument,
    out: Annotated[Path, typer.Argument(help="放打好的资料包的文件夹。", show_default=False)],
    *,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Build a release from a source."""
    del home
    with progress_bar() as on_progress:
        manifest = build_release(source, out, on_progress=on_progress)
    size = sum(bundle.size for bundle in manifest.bundles)
    if as_json:
        print_json(
            {
                "pack": manifest.pack.id,
                "version": manifest.pack.version,
                "items": len(manifest.items),
                "media": len(manifest.media),
                "bytes": size,
                "out": str(out),
            }
        )
        return
    print(f"打好了《{manifest.pack.title}》第 {manifest.pack.version} 版：{out}")
    print(f"{len(manifest.items)} 个条目，{len(manifest.media)} 个图片和录音，{size / 1e6:.1f} MB。")
    print(f"安装：cunkou install {out}")


@app.command("import", help="把一行一个 JSON 的文档（.jsonl 或 .jsonl.gz）变成资料包的文件夹。")
def import_(  # noqa: PLR0913 — every argument is an option of the command
    collection: Annotated[Path, typer.Argument(metavar="FILE", help=".jsonl 或 .jsonl.gz 文件。", show_default=False)],
    source: Annotated[Path, typer.Argument(metavar="SRC", help="要建立的文件夹。", show_default=False)],
    *,
    publisher: Annotated[str, typer.Option(help="发布单位。", show_default=False)],
    verified_on: Annotated[str, typer.Option(help="核对日期，如 2026-11-22。", show_default=False)],
    pack_id: Annotated[str, typer.Option("--id", help="资料包编号。")] = "cn.example.imported",
    title: Annotated[str, typer.Option(help="资料包名称。")] = "导入的文档",
    region: Annotated[list[str] | None, typer.Option(help="适用地区的区划代码，可写几次。", show_default="0")] = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write a source from a collection of documents."""
    del home
    options = ImportOptions(
        pack_id=pack_id,
        title=title,
        publisher=publisher,
        verified_on=day_of(verified_on, "--verified-on"),
        regions=tuple(region or ["0"]),
    )
    with progress_bar() as on_progress:
        report = import_jsonl(collection, source, options, on_progress=on_progress)
    if as_json:
        print_json(report)
        return
    print(f"导入了 {report.items} 个条目，{len(report.themes)} 个栏目：{source}")
    for key, count in report.ignored_keys.items():
        print(f"没有用到的字段 {key}：{count} 处")
    for change, count in report.changes.items():
        print(f"{change}：{count} 处")
    print(f"下一步：cunkou pack check {source}")


def _row(finding: Finding) -> tuple[str, ...]:
    mark = "要改" if finding.blocking else "提醒"
    return (mark, finding.item, finding.field, finding.what, finding.todo, finding.place)
