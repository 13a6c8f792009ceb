"""What the clerk is told about versions, syncs and the machine."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from content_packs.origin import BUILT_IN, UNSIGNED, Origin, OriginKind
from content_packs.progress import Progress
from kiosk.chores.stick_news import BroughtNews, ChangeNews, StepNews, SyncedNews, TroubleNews
from kiosk.upkeep import PackState
from sync.history import Change, Entry, Result
from ui.viewmodels.upkeep_state import (
    Kind,
    UpkeepState,
    after_cancel,
    after_failure,
    after_leaving,
    after_progress,
    after_start,
    after_sync,
    after_verify,
    checked_words,
    free_words,
    history_row,
    next_words,
    pack_row,
    signer_words,
)

DAY = date(2026, 11, 22)
WHEN = datetime(2026, 11, 22, 2, 14, tzinfo=timezone(timedelta(hours=8)))


def a_pack(**changes):
    fields = {
        "pack_id": "a",
        "title": "医保",
        "publisher": "医保局",
        "version": 3,
        "issued_on": DAY,
        "items": 9,
        "origin": BUILT_IN,
        "previous": 2,
        "is_removable": False,
    }
    return PackState(**(fields | changes))


def test_a_version_is_told_with_its_day_its_signer_and_the_way_back():
    row = pack_row(a_pack())
    assert (row.title, row.detail, row.signer, row.back) == (
        "医保 第3版",
        "医保局 · 2026年11月22日 · 9 条",
        "随程序",
        "换回第2版",
    )
    assert pack_row(a_pack(previous=None)).back == ""
    assert [pack_row(a_pack(is_removable=may)).removal for may in (False, True)] == ["", "拿掉"]
    assert pack_row(a_pack(publisher="", issued_on=None, items=0)).detail == "0 条"


@pytest.mark.parametrize(
    ("origin", "region", "words"),
    [
        (BUILT_IN, "", "随程序"),
        (UNSIGNED, "", "未签名"),
        (Origin(OriginKind.SIGNED, "fujian", "0", "targets", DAY), "全国", "全国签名（fujian，2026年11月22日）"),
        (
            Origin(OriginKind.SIGNED, "fujian", "350122", "350122"),
            "福建省福州市连江县",
            "福建省福州市连江县签名（fujian）",
        ),
    ],
)
def test_who_answers_for_a_version_is_said_in_words(origin, region, words):
    assert signer_words(origin, region) == words


def test_the_history_says_when_where_and_what_came_of_it():
    changes = (Change("a", "医保", None, 3), Change("b", "养老", 11, 12), Change("c", "旧目录", 4, None))
    row = history_row(
        Entry(ended=WHEN, source="县里的U盘", is_stick=True, result=Result.PARTLY, changes=changes, refused=("太旧。",))
    )
    assert "U盘 县里的U盘" in row.title
    assert (row.result, row.tone) == ("装了一部分", "review")
    assert row.detail == "新增《医保》第3版，更新《养老》第12版，撤回《旧目录》\n太旧。"
    broken = history_row(
        Entry(ended=WHEN, source="https://x", is_stick=False, result=Result.BROKEN_OFF, what="线路断了。", code="S-201")
    )
    assert broken.detail == "线路断了。（S-201）"
    assert "联网 https://x" in broken.title
    assert history_row(Entry(ended=WHEN, source="", is_stick=True, result=Result.FAILED, what="坏")).detail == "坏"


@pytest.mark.parametrize("result", Result)
def test_every_end_has_a_word(result):
    assert history_row(Entry(ended=WHEN, source="x", is_stick=False, result=result)).result


def test_when_it_fetches_next_is_said_or_why_it_does_not():
    assert "没有设网址" in next_words(None, has_urls=False, has_night=True)
    assert "没有设时间" in next_words(None, has_urls=True, has_night=False)
    assert "正在算" in next_words(None, has_urls=True, has_night=True)
    assert next_words(WHEN, has_urls=True, has_night=True).startswith("下一次自己去取：2026年11月2")


def test_room_and_the_last_check_are_said():
    assert free_words(41_300_000_000) == "磁盘还剩 41.3 GB"
    assert free_words(900_000_000) == "磁盘还剩 900 MB"
    assert checked_words(None) == "还没有核对过"
    assert checked_words(datetime(2026, 11, 18, 12, tzinfo=UTC)) == "上次核对：2026年11月18日"


def test_long_work_says_what_it_is_and_how_far():
    idle = UpkeepState()
    assert idle.running_words == ""
    assert after_progress(idle, Progress(1, 2, "取")) is idle
    state = after_start(idle, Kind.NETWORK)
    assert state.running_words == "正在联网取新内容\n正在准备……"
    state = after_progress(state, Progress(1, 2, "取", "items", 30.0))
    state = after_progress(state, Progress(1, 2, "取", "items", 20.0))
    assert state.running_words == "正在联网取新内容 30%\n取"
    verifying = after_progress(after_start(idle, Kind.VERIFY), Progress(1_000_000, 2_000_000, "核对", "bytes"))
    assert verifying.running_words == "正在核对内容\n核对 · 1.0 / 2.0 MB"


def test_the_end_of_a_sync_is_told():
    state = after_start(UpkeepState(), Kind.NETWORK)
    assert after_sync(state, BroughtNews()).heading == "联网看过了，没有新内容"
    came = after_sync(state, BroughtNews(sources=(SyncedNews(changes=(ChangeNews("医保", 2, 3),)),)))
    assert (came.heading, came.tone, came.kind) == ("联网取到的都装好了", "good", None)
    assert came.detail == "更新《医保》第3版：原来是第2版"
    step = StepNews("refuse", "a", "医保", 2, 1, "这个编号属于另一个发布单位（fujian）。")
    refused = after_sync(state, BroughtNews(sources=(SyncedNews(steps=(step, StepNews("keep", "b", "养老", 1))),)))
    assert (refused.heading, refused.tone) == ("联网看过了，没有新内容", "review")
    assert refused.detail == "没有采用《医保》第2版：这个编号属于另一个发布单位（fujian）。"
    partly = after_sync(state, BroughtNews(failed=(TroubleNews("连不上。"),)))
    assert (partly.heading, partly.tone) == ("联网取了一部分", "review")


def test_the_end_of_a_check_is_told():
    state = after_start(UpkeepState(), Kind.VERIFY)
    sound = {"pack": "a", "sound": True, "mended": False}
    assert after_verify(state, {"packs": [sound]}).heading == "核对过了，1 份都完好"
    assert after_verify(state, {"packs": [sound | {"mended": True}]}).heading == "核对过了，修好了 1 份"
    broken = after_verify(state, {"packs": [sound, {"pack": "b", "sound": False, "mended": False}]})
    assert (broken.heading, broken.tone) == ("1 份内容坏了", "ended")
    assert broken.detail.startswith("b。")


def test_a_failure_keeps_what_why_what_to_do_and_the_code():
    state = after_failure(
        after_start(UpkeepState(), Kind.NETWORK), TroubleNews("连不上。", "没有网", "请看网线", "S-201")
    )
    assert (state.heading, state.tone, state.detail) == ("连不上", "ended", "没有网。请看网线。（S-201）")


def test_a_stop_and_a_new_person_leave_nothing_behind():
    stopped = after_cancel(after_start(UpkeepState(), Kind.NETWORK))
    assert (stopped.kind, stopped.heading) == (None, "停下了，下次接着做")
    assert after_leaving(stopped).heading == ""
    assert after_leaving(after_start(UpkeepState(), Kind.NETWORK)).kind is Kind.NETWORK
