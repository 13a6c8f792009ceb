"""Why metadata is not believed, in words for the clerk: one function for each cause, each with its code."""

from datetime import date, datetime

from content_packs.errors import TrustError

WRONG_KEY = "T-406"
NOT_YET = "T-424"

_ANOTHER_STICK = "请换一个新做的U盘，或等下次联网；还不行，打电话给发布单位。"
_CALL = "请打电话给发布单位，把代码告诉他们。本机原来的内容照常能用。"
_DO_NOT_USE = "请不要用这个来源，打电话告诉发布单位。本机原来的内容照常能用。"

_ROLES = {"root": "根证书", "timestamp": "时间戳", "snapshot": "快照", "targets": "总目录"}


def role_words(role: str) -> str:
    """Return what a role is called in messages."""
    return _ROLES.get(role, f"地区 {role[:12]} 的目录")


def rolled_back(role: str, offered: int | None, seen: int) -> TrustError:
    """A file older than one that we have seen: an old stick, or somebody who wants us to forget."""
    found = f"第 {offered} 版" if offered is not None else "旧的一版"
    return TrustError(
        "这里的内容比本机见过的旧，没有采用。",
        why=f"{role_words(role)}是{found}，本机见过第 {seen} 版",
        todo=_ANOTHER_STICK,
        code="T-401",
    )


def frozen(role: str, expires: datetime, now: datetime) -> TrustError:
    """Over the network: an expired timestamp or snapshot. Somebody may be holding news back."""
    return TrustError(
        "服务器给的是过期的目录，没有采用。",
        why=f"{role_words(role)}在 {expires.date()} 到期，本机认为今天是 {now.date()}",
        todo="先看本机的日期对不对，再过几小时试；一直这样，请告诉发布单位：可能服务器停更，也可能有人截住了新内容。",
        code="T-402",
    )


def stale_stick(expires: datetime, issued: date) -> TrustError:
    """On a stick: expired, and nothing in it is newer than what we have."""
    return TrustError(
        "这个U盘上的目录过期了，也没有比本机更新的内容。",
        why=f"{issued} 签发，{expires.date()} 到期",
        todo="本机内容不用动。要更新，请换一个新做的U盘。",
        code="T-403",
    )


def expired_root(expires: datetime, now: datetime) -> TrustError:
    """The root has ended: nobody may sign any more until a new one comes."""
    return TrustError(
        "发布单位的根证书过期了，没有采用。",
        why=f"{expires.date()} 到期，今天至少是 {now.date()}",
        todo="请发布单位签发新的根证书，再做一个U盘或更新服务器。本机原来的内容照常能用。",
        code="T-404",
    )


def expired_role(role: str, now: datetime) -> TrustError:
    """The top-level targets or a delegation has ended."""
    return TrustError(
        "有一个目录过期了，它的内容没有采用。",
        why=f"{role_words(role)}：今天至少是 {now.date()}",
        todo="请负责这个地区的发布单位重新签发。本机原来的内容照常能用。",
        code="T-405",
    )


def wrong_key(role: str, detail: str = "") -> TrustError:
    """Not signed, or not by enough of the right keys."""
    return TrustError(
        "签名不对，没有采用。",
        why=f"{role_words(role)}不是该签的人签的" + (f"（{detail}）" if detail else ""),
        todo=_DO_NOT_USE,
        code="T-406",
    )


def malformed(role: str, detail: str) -> TrustError:
    """Bytes that are no metadata, or metadata that says nonsense."""
    return TrustError(
        "目录文件坏了，读不懂。",
        why=f"{role_words(role)}：{detail[:200]}",
        todo="请把U盘重新做一次，或过一会儿再联网；还不行，打电话给发布单位。",
        code="T-407",
    )


def mixed(role: str, detail: str) -> TrustError:
    """Files that are genuine, but not of one moment."""
    return TrustError(
        "目录文件彼此对不上，没有采用。",
        why=f"{role_words(role)}：{detail}",
        todo="可能正在更新，或复制时混了两次的文件。请过一会儿再试，或把U盘重新做一次。",
        code="T-408",
    )


def too_large(role: str, limit: int) -> TrustError:
    """More bytes than any honest file has."""
    return TrustError(
        "目录文件大得不正常，没有读完。", why=f"{role_words(role)}超过 {limit} 字节", todo=_CALL, code="T-409"
    )


def dated_past_end(role: str, issued: date) -> TrustError:
    """An issue date at or after the file's own end."""
    return TrustError(
        "签发日期比到期日期还晚，没有采用。", why=f"{role_words(role)}写的是 {issued}", todo=_CALL, code="T-410"
    )


def dated_too_far(role: str, issued: date, floor: date) -> TrustError:
    """An issue date further ahead than we follow in one step."""
    return TrustError(
        "签发日期远在将来，没有采用。",
        why=f"{role_words(role)}写的是 {issued}，本机确知的日期是 {floor}",
        todo="可能有人偷用了签名密钥，也可能发布单位的电脑日期错了。请打电话告诉他们，请他们签发新的根证书。",
        code="T-411",
    )


def other_bytes(title: str) -> TrustError:
    """A manifest that is not the one that was signed for."""
    return TrustError(
        "资料包的清单被换过或损坏了，没有采用。", why=f"《{title}》的清单和签名的不一样", todo=_DO_NOT_USE, code="T-412"
    )


def other_pack(title: str, detail: str) -> TrustError:
    """A manifest that is genuine and says that it is another pack than the metadata said."""
    return TrustError("资料包的清单和目录说的不是一回事。", why=f"《{title}》：{detail}", todo=_CALL, code="T-413")


def incomplete(name: str) -> TrustError:
    """A file that signed metadata names and that is not there."""
    return TrustError(
        "来源里的文件不全。",
        why=f"缺 {name}",
        todo="请把U盘重新做一次，或过一会儿再联网试。",
        code="T-414",
    )


def no_repository(label: str) -> TrustError:
    """A source without a timestamp is no repository."""
    return TrustError(
        "这里没有村口的内容仓库。",
        why=f"{label} 里没有 metadata/timestamp.json",
        todo="请检查地址或文件夹；U盘请用 cunkou publish export 做。",
        code="T-415",
    )


def no_trust() -> TrustError:
    """Nobody has told this kiosk whom to believe."""
    return TrustError(
        "本机还没有设置信任谁，不能同步。",
        why="没有根证书",
        todo="请管理员运行 cunkou trust set ROOT.json --fingerprint 指纹。",
        code="T-416",
    )


def unknown_repository(name: str, known: str) -> TrustError:
    """A repository that calls itself by a name that we do not trust."""
    return TrustError(
        "本机不认识这个来源的发布单位，没有采用。",
        why=f"来源自称 {name!r}，本机信任的是 {known}",
        todo="要用它，请管理员核对指纹后运行 cunkou trust set。",
        code="T-417",
    )


def too_many(role: str, detail: str) -> TrustError:
    """More delegations or packs than a kiosk will look through."""
    return TrustError("目录里的东西太多，没有采用。", why=f"{role_words(role)}：{detail}", todo=_CALL, code="T-418")


def misdescribed(target: str, detail: str) -> TrustError:
    """A target whose description cannot be used."""
    return TrustError(
        "目录里有一份资料包没写清楚，跳过了它。", why=f"{target[:120]!r}：{detail[:200]}", todo=_CALL, code="T-419"
    )


def other_fingerprint(found: str) -> TrustError:
    """The root file is not the one whose fingerprint was told."""
    return TrustError(
        "根证书和指纹对不上，没有采用。",
        why=f"这个文件的指纹是 {found}",
        todo="请向发布单位当面或打电话核对指纹，文件重新要一份。",
        code="T-420",
    )


def no_fingerprint(text: str) -> TrustError:
    """What was given as a fingerprint is none."""
    return TrustError(
        "指纹写得不对。",
        why=f"{text[:80]!r} 不是 64 位十六进制数",
        todo="请抄全发布单位给的指纹；空格和冒号可有可无。",
        code="T-421",
    )


def not_allowed(owner: str) -> TrustError:
    """Somebody else than root or the home's owner wants to decide whom to believe."""
    return TrustError(
        "你不能改本机信任谁。",
        why=f"数据文件夹属于 {owner}",
        todo="请用管理员身份运行：sudo cunkou trust set …",
        code="T-422",
    )


def no_root(detail: str) -> TrustError:
    """A file that cannot serve as the root to start from."""
    return TrustError(
        "这个文件不能当根证书用。",
        why=detail[:200],
        todo="请向发布单位要 1.root.json 或最新的 root.json。",
        code="T-423",
    )


def not_yet(role: str) -> TrustError:
    """A region that has been delegated to and has not signed anything so far."""
    return TrustError(
        "这个地区还没有发布内容。", why=f"{role_words(role)}不在快照里", todo="等它发布以后再同步。", code="T-424"
    )


def not_delivered(role: str, detail: str) -> TrustError:
    """A region's file that the source cannot give as it should be."""
    return TrustError(
        "有一个地区的目录取不到，它的内容没有采用。",
        why=f"{role_words(role)}：{detail[:200]}",
        todo="请过一会儿再试；还不行，告诉负责这个地区的发布单位。",
        code="T-425",
    )
