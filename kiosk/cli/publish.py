"""``cunkou publish``: a repository of signed packs, for a county or a township."""

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from kiosk.cli.options import JsonOption, UsageError, day_of, takes_home
from kiosk.cli.show import print_json, print_table, progress_bar
from sync.publish.check import look
from sync.publish.draft import Waiting
from sync.publish.export import export as export_to
from sync.publish.keys import PRIVATE_SUFFIX, PUBLIC_SUFFIX, make_key, open_signers, read_public
from sync.publish.kiosks import Returned
from sync.publish.kiosks import enrol as enrol_kiosk
from sync.publish.kiosks import receipts as read_receipts
from sync.publish.preview import preview_server
from sync.publish.releases import add_release, listed, withdraw
from sync.publish.repository import Repository
from sync.publish.role_keys import RoleKeys
from sync.publish.shelf import TOP_ROLES, Shelf
from sync.publish.signing import Outcome, sign_file
from sync.publish.signing import refresh as refresh_repository
from sync.publish.signing import sign as sign_repository

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)

PASSPHRASE_VARIABLE = "CUNKOU_PASSPHRASE"  # noqa: S105 (the name of a variable)
_ID_SHOWN = 16

RepoArgument = Annotated[Path, typer.Argument(metavar="REPO", help="仓库的文件夹。", show_default=False)]
KeysOption = Annotated[
    list[Path] | None,
    typer.Option("--keys", help=f"私钥文件（{PRIVATE_SUFFIX}）或放私钥的文件夹，可写几次。", show_default=False),
]
PublicOption = Annotated[
    list[Path] | None, typer.Option("--key", help=f"公钥文件（{PUBLIC_SUFFIX}），可写几次。", show_default=False)
]
PassphraseOption = Annotated[
    Path | None,
    typer.Option(help=f"写着口令的文件；不写就用环境变量 {PASSPHRASE_VARIABLE}，再没有就问。", show_default=False),
]
RegionOption = Annotated[str, typer.Option(help="地区代码：0 是全国，或 2、4、6、9、12 位。", show_default=False)]


@app.command(help="生成一对密钥：私钥加口令，公钥交给别人。")
@takes_home
def key(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="放密钥的文件夹，不要放在仓库里。", show_default=False)],
    name: Annotated[str, typer.Argument(help="文件名，如 county-1。", show_default=False)],
    *,
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make one key pair."""
    for above in (folder.resolve(), *folder.resolve().parents):
        if Shelf(above).has_root:
            _require_outside(folder, above)
    made = make_key(folder, name, _passphrase(passphrase_file, new=True))
    if as_json:
        print_json({"keyid": made.keyid, "public": str(folder / f"{name}{PUBLIC_SUFFIX}")})
        return
    print(f"密钥编号：{made.keyid[:_ID_SHOWN]}")
    print(f"把 {name}{PUBLIC_SUFFIX} 交给上级；{name}{PRIVATE_SUFFIX} 自己留好，丢了或被偷了马上说。")


@app.command(help="新建仓库：四种角色的密钥、签名数和空的目录。")
@takes_home
def init(  # noqa: PLR0913 (every argument is an option of the command)
    repo: RepoArgument,
    *,
    name: Annotated[str, typer.Option(help="仓库的名字，如 fujian；定下就不要改。", show_default=False)],
    keys: Annotated[Path, typer.Option(help="放新密钥的文件夹，不要放在仓库里。", show_default=False)],
    root_key: Annotated[list[Path] | None, typer.Option(help="别人的根公钥，可写几次。", show_default=False)] = None,
    root_threshold: Annotated[int, typer.Option(help="根要几个人签。")] = 1,
    targets_key: Annotated[list[Path] | None, typer.Option(help="别人的目录公钥。", show_default=False)] = None,
    targets_threshold: Annotated[int, typer.Option(help="总目录要几个人签。")] = 1,
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make a repository and its first keys."""
    _require_outside(keys, repo)
    repository = _repository(repo)
    repository.require_new(name)
    passphrase = _passphrase(passphrase_file, new=True)
    own = {role: make_key(keys, role, passphrase) for role in TOP_ROLES}
    others = {"root": root_key, "targets": targets_key}
    thresholds = {"root": root_threshold, "targets": targets_threshold}
    roles = {
        role: RoleKeys((own[role], *map(read_public, others.get(role) or ())), thresholds.get(role, 1))
        for role in TOP_ROLES
    }
    repository.init(name, roles)
    outcome = sign_repository(repository, open_signers([keys], passphrase))
    _tell(outcome, as_json=as_json, more={"name": name, "fingerprint": _fingerprint(repository)})
    if not as_json:
        print(f"每台信息机要装的根：{repo}/metadata/1.root.json")
        print(f"指纹（电话里核对）：{_fingerprint(repository) or '签齐以后用 cunkou publish status 看'}")


@app.command(help="授权给一个地区，让它自己签自己的资料包。")
@takes_home
def delegate(  # noqa: PLR0913 (every argument is an option of the command)
    repo: RepoArgument,
    region: Annotated[str, typer.Argument(help="地区代码，2、4、6、9 或 12 位。", show_default=False)],
    *,
    key: PublicOption = None,
    threshold: Annotated[int, typer.Option(help="要几个人签。")] = 1,
    keys: KeysOption = None,
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Let a region sign."""
    repository = _repository(repo)
    parent = repository.delegate(region, RoleKeys(tuple(map(read_public, key or ())), threshold))
    _sign_and_tell(repository, keys, passphrase_file, as_json=as_json, more={"role": region, "parent": parent})


@app.command(help="放进一份打好的资料包；有不能发布的问题就不收。")
@takes_home
def add(  # noqa: PLR0913 (every argument is an option of the command)
    repo: RepoArgument,
    release: Annotated[Path, typer.Argument(help="cunkou pack build 打好的文件夹。", show_default=False)],
    *,
    region: RegionOption,
    today: Annotated[str | None, typer.Option(help="按哪一天判断是否过期。", show_default="今天")] = None,
    keys: KeysOption = None,
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Draft a release and sign it."""
    repository = _repository(repo)
    added = add_release(repository, release, region, day_of(today, "--today"))
    if not as_json:
        print(f"放进去了：{added.path}")
        print(f"{added.blobs} 份数据里 {added.kept_blobs} 份原来就有，新的 {added.new_bytes / 1e6:.2f} MB。")
    _sign_and_tell(repository, keys, passphrase_file, as_json=as_json, more={"added": added})


@app.command(help="给草稿签名；签齐的马上对外。也可以只签一个草稿文件。")
@takes_home
def sign(
    repo: Annotated[Path, typer.Argument(metavar="REPO|FILE", help="仓库，或一个草稿文件。", show_default=False)],
    *,
    keys: KeysOption = None,
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Sign drafts."""
    signers = open_signers(keys or [], _passphrase(passphrase_file))
    if repo.is_file():
        count = sign_file(repo, signers)
        if as_json:
            print_json({"file": str(repo), "signatures_added": count})
        else:
            print(f"加了 {count} 个签名。请把 {repo.name} 放回仓库的 draft 文件夹，再运行 cunkou publish sign。")
        return
    _tell(sign_repository(_repository(repo), signers), as_json=as_json)


@app.command(help="重新签时间戳；要经常运行，联网的信息机靠它知道内容没有被扣住。")
@takes_home
def refresh(
    repo: RepoArgument,
    *,
    keys: KeysOption = None,
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Sign a new timestamp."""
    signers = open_signers(keys or [], _passphrase(passphrase_file))
    _tell(refresh_repository(_repository(repo), signers), as_json=as_json)


@app.command(help="换密钥，或改要几个人签。")
@takes_home
def rotate(  # noqa: PLR0913 (every argument is an option of the command)
    repo: RepoArgument,
    role: Annotated[str, typer.Argument(help="root、targets、snapshot、timestamp，或地区代码。", show_default=False)],
    *,
    key: PublicOption = None,
    remove: Annotated[
        list[str] | None, typer.Option(help="不再用的密钥编号，写前几位就行。", show_default=False)
    ] = None,
    threshold: Annotated[int | None, typer.Option(help="以后要几个人签。", show_default="不变")] = None,
    keys: KeysOption = None,
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Change the keys of a role."""
    repository = _repository(repo)
    holder = repository.rotate(role, [*map(read_public, key or ())], remove or [], threshold)
    _sign_and_tell(repository, keys, passphrase_file, as_json=as_json, more={"role": role, "signed_by": holder})


@app.command(help="内容不变，重新签一次，免得过期。")
@takes_home
def renew(
    repo: RepoArgument,
    role: Annotated[str, typer.Argument(help="root、targets，或地区代码。", show_default=False)],
    *,
    keys: KeysOption = None,
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Sign a role again although nothing has changed."""
    repository = _repository(repo)
    repository.renew(role)
    _sign_and_tell(repository, keys, passphrase_file, as_json=as_json, more={"role": role})


@app.command(help="收回一份资料包（--release），或一把密钥（--role 和 --remove）。")
@takes_home
def revoke(  # noqa: PLR0913 (every argument is an option of the command)
    repo: RepoArgument,
    *,
    release: Annotated[str, typer.Option(help="资料包编号，或它的路径。")] = "",
    role: Annotated[str, typer.Option(help="密钥所属的角色。")] = "",
    remove: Annotated[str, typer.Option(help="收回的密钥编号，写前几位就行。")] = "",
    threshold: Annotated[int | None, typer.Option(help="以后要几个人签。", show_default="不变")] = None,
    keys: KeysOption = None,
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take back a release or a key."""
    if bool(release) == bool(role and remove):
        raise UsageError("要收回什么？", todo="写 --release 编号，或 --role 角色 --remove 密钥编号。")
    repository = _repository(repo)
    if release:
        gone = withdraw(repository, release)
        more = {"withdrawn": gone.path, "role": gone.role}
    else:
        more = {"role": role, "signed_by": repository.rotate(role, [], [remove], threshold)}
    _sign_and_tell(repository, keys, passphrase_file, as_json=as_json, more=more)


@app.command(help="签错过日期以后，把信息机知道的日期拉回来；由根签。")
@takes_home
def floor(
    repo: RepoArgument,
    day: Annotated[str, typer.Argument(help="一定已经过去的日期，如 2026-11-22。", show_default=False)],
    *,
    keys: KeysOption = None,
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Set the kiosks' floor of time anew."""
    repository = _repository(repo)
    chosen = day_of(day, "DAY")
    repository.lower_floor(chosen)
    _sign_and_tell(repository, keys, passphrase_file, as_json=as_json, more={"floor": chosen.isoformat()})


@app.command(help="看看仓库里有什么、谁签的、草稿还差谁的签名。")
@takes_home
def status(repo: RepoArgument, *, as_json: JsonOption = False) -> None:
    """List what is served and what waits."""
    repository = _repository(repo)
    seen = repository.seen()
    waiting = repository.waiting()
    offers = [
        {"role": entry.role, "path": entry.path, "sha256": entry.target.hashes["sha256"], **entry.words()}
        for entry in listed(seen)
    ]
    if as_json:
        print_json({"fingerprint": _fingerprint(repository), "offers": offers, "waiting": waiting})
        return
    print(f"第一版根的指纹：{_fingerprint(repository) or '还没有签齐'}")
    if offers:
        rows = [tuple(str(offer.get(name, "")) for name in ("path", "title", "version", "role")) for offer in offers]
        print_table("仓库里的资料包", ("路径", "名称", "版本", "签名"), rows)
    _print_waiting(waiting)


@app.command(help="像信息机那样核对整个仓库：签名、日期、每个字节。")
@takes_home
def verify(
    repo: RepoArgument,
    *,
    region: Annotated[str, typer.Option(help="只看这个地区的信息机会怎样。", show_default="每个地区")] = "",
    as_json: JsonOption = False,
) -> None:
    """Look at a repository as kiosks would; exit 1 when one would refuse something."""
    with progress_bar() as on_progress:
        found = look(repo, datetime.now(UTC), region=region or None, on_progress=on_progress)
    if as_json:
        print_json(found)
    else:
        rows = [(offer.target, offer.title, str(offer.version), offer.signer) for offer in found.offers]
        print_table("信息机会看到的资料", ("路径", "名称", "版本", "签名"), [*rows])
        for problem in found.problems:
            print(f"有问题：{problem}")
        print(f"试了 {len(found.regions)} 个地区，{len(found.offers)} 份资料，{len(found.problems)} 处问题。")
    if found.problems:
        raise typer.Exit(1)


@app.command(help="做一个 U 盘：一个地区的信息机要的都在里面。")
@takes_home
def export(
    repo: RepoArgument,
    stick: Annotated[Path, typer.Argument(metavar="STICK", help="U 盘的文件夹。", show_default=False)],
    *,
    region: RegionOption,
    as_json: JsonOption = False,
) -> None:
    """Write a stick."""
    with progress_bar() as on_progress:
        done = export_to(_repository(repo), stick, region, on_progress=on_progress)
    if as_json:
        print_json(done)
        return
    print(f"写好了：{len(done.packs)} 份资料，{done.files} 个文件，{done.size / 1e6:.1f} MB；{done.kept} 个原来就有。")
    for title in done.packs:
        print(f"  {title}")


@app.command(help="登记一台信息机：它带回来的回执从此可以核对。")
@takes_home
def enrol(
    repo: RepoArgument,
    public: Annotated[str, typer.Argument(help="信息机上 cunkou kiosk-id 显示的公钥。", show_default=False)],
    *,
    name: Annotated[str, typer.Option(help="这台机器叫什么，如村名。", show_default=False)],
    as_json: JsonOption = False,
) -> None:
    """Remember a kiosk."""
    fingerprint = enrol_kiosk(repo, public, name)
    if as_json:
        print_json({"name": name, "fingerprint": fingerprint})
        return
    print(f"登记好了：{name}。电话里核对的指纹：{fingerprint}")


@app.command(help="核对并列出 U 盘带回来的回执：哪个村装了第几版。")
@takes_home
def receipts(
    repo: RepoArgument,
    stick: Annotated[Path, typer.Argument(metavar="STICK", help="U 盘的文件夹。", show_default=False)],
    *,
    as_json: JsonOption = False,
) -> None:
    """List receipts; exit 1 when one is not believed."""
    found = read_receipts(repo, stick)
    if as_json:
        print_json(found)
    else:
        header = ("机器", "村", "资料时间", "同步日期", "结果", "资料包")
        print_table("回执", header, [row for returned in found for row in _receipt_rows(returned)])
    if any(returned.problem for returned in found):
        raise typer.Exit(1)


@app.command(help="在本机看看效果：http://127.0.0.1 上的临时服务，只用来试。")
@takes_home
def serve(repo: RepoArgument, *, port: Annotated[int, typer.Option(help="端口；0 是随便一个空的。")] = 8765) -> None:
    """Serve the repository on this machine until Ctrl-C."""
    try:
        server = preview_server(repo, port)
    except OSError as error:
        raise UsageError("端口用不了。", why=f"{port}：{error.strerror}", todo="用 --port 换一个。") from error
    with server:
        print(
            f"http://127.0.0.1:{server.server_address[1]}  按 Ctrl-C 停止。只用来试，对外请用 nginx 或云存储。",
            flush=True,
        )
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print("停了。")


def _receipt_rows(returned: Returned) -> list[tuple[str, ...]]:
    receipt = returned.receipt
    if receipt is None:
        return [(returned.file, "", "", "", f"不可信：{returned.problem}", "")]
    packs = "、".join(f"{pack.id} 第{pack.version}版 {pack.result}{pack.code}" for pack in receipt.packs)
    days = (receipt.issued_on.isoformat(), receipt.synced_on.isoformat())
    return [(returned.kiosk, receipt.village, *days, receipt.result, packs)]


def _repository(folder: Path) -> Repository:
    return Repository(folder, datetime.now(UTC))


def _passphrase(file: Path | None, *, new: bool = False) -> str:
    if file:
        try:
            return file.read_text(encoding="utf-8").rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError("口令文件读不出来。", why=str(error), todo="请检查文件。") from error
    known = os.environ.get(PASSPHRASE_VARIABLE)
    return known if known is not None else str(typer.prompt("口令", hide_input=True, confirmation_prompt=new, err=True))


def _require_outside(keys: Path, repo: Path) -> None:
    """Return if a folder for private keys does not lie in the repository, which is copied to servers and sticks."""
    if keys.resolve().is_relative_to(repo.resolve()):
        raise UsageError("密钥不能放在仓库里。", why=str(keys), todo="仓库会复制到网站和 U 盘上，请另选文件夹。")


def _fingerprint(repository: Repository) -> str:
    return repository.fingerprint() or ""


def _sign_and_tell(
    repository: Repository,
    keys: list[Path] | None,
    passphrase_file: Path | None,
    *,
    as_json: bool,
    more: Mapping[str, object],
) -> None:
    """Sign with the keys that are at hand, none being a choice too, and say what came of it."""
    signers = open_signers(keys, _passphrase(passphrase_file)) if keys else {}
    _tell(sign_repository(repository, signers), as_json=as_json, more=more)


def _tell(outcome: Outcome, *, as_json: bool, more: Mapping[str, object] | None = None) -> None:
    if as_json:
        print_json({**(more or {}), "outcome": outcome})
        return
    if outcome.served:
        print(f"已经对外：{'、'.join(outcome.served)}（时间戳第 {outcome.timestamp} 版）")
    if outcome.lacks_online_keys:
        print("草稿签齐了，还要用 snapshot 和 timestamp 的密钥运行 cunkou publish refresh。")
    if not outcome.served and not outcome.waiting and not outcome.lacks_online_keys:
        print(f"时间戳第 {outcome.timestamp} 版。" if outcome.timestamp else "没有要签的。")
    if outcome.root_is_old:
        print("根是 300 多天以前签的。请尽快运行 cunkou publish rotate REPO root --keys 根的钥匙，签一份新的。")
    for role in outcome.ending:
        print(f"{role} 的签名不到一年就要过期，过期后信息机不再采用它。请运行 cunkou publish renew REPO {role}。")
    _print_waiting(outcome.waiting)


def _print_waiting(waiting: tuple[Waiting, ...]) -> None:
    for entry in waiting:
        who = "、".join(keyid[:_ID_SHOWN] for keyid in entry.key_ids)
        print(f"等：{entry.role}：{entry.why}" + (f"可以签的密钥：{who}" if who else ""))
