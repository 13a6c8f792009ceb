"""What the clerk sees while a stick comes, is brought, is pulled out, and comes back."""

from dataclasses import replace

import pytest

from content_packs.progress import Progress
from kiosk.chores.stick_news import (
    BroughtNews,
    ChangeNews,
    Other,
    SourceNews,
    StepNews,
    Stick,
    StickNews,
    SyncedNews,
    TroubleNews,
    brought_news,
    stick_news,
)
from ui.stick_words import (
    MOST_LINES,
    PULL,
    card_words,
    duration_words,
    progress_words,
    slip_words,
    trouble_line,
)
from ui.viewmodels.stick_state import (
    Screen,
    Stage,
    StickState,
    after_blindness,
    after_cancel,
    after_done,
    after_failure,
    after_leaving,
    after_news,
    after_notice,
    after_progress,
    after_start,
    is_same,
    to_go_on,
)

ADD = StepNews(action="add", pack="a", title="医保", version=3)
REPLACE = StepNews(action="replace", pack="b", title="养老", version=12, before=11)
KEEP = StepNews(action="keep", pack="k", title="入门", version=1, before=1)
SOURCE = SourceNews(
    repository="fujian",
    issued="2026-11-20",
    fetch_bytes=34_500_000,
    room_bytes=100,
    free_bytes=1000,
    expected_s=130,
    steps=(ADD, REPLACE, KEEP),
)
STICK = Stick(device="/dev/sdb1", name="县里的U盘", ours=True, sources=(SOURCE,))
FOREIGN = Stick(device="/dev/sdc1", name="照片", ours=False)
GONE = TroubleNews("U盘被拔出了。", "读到一半", "请插回去", "S-210")
BROUGHT = BroughtNews(sources=(SyncedNews(changes=(ChangeNews("医保", None, 3), ChangeNews("养老", 11, 12))),))


def seeing(*sticks, left_out=(), state=None):
    return after_news(state or after_news(StickState(), StickNews()), StickNews(sticks, tuple(left_out)))


def running(percent=63.4):
    return after_progress(after_start(seeing(STICK), STICK), Progress(1, 2, "取《医保》", "bytes", percent, 95))


def pulled(percent=63.4):
    return after_failure(seeing(state=running(percent)), GONE)


def of(*steps, **changes):
    return replace_source(STICK, steps=steps, **changes)


def replace_source(stick, **changes):
    source = SourceNews(**{name: getattr(SOURCE, name) for name in SOURCE.__struct_fields__} | changes)
    return Stick(device=stick.device, name=stick.name, ours=True, sources=(source,), troubles=stick.troubles)


# --- what is plugged in ----------------------------------------------------------------------------------------------


def test_nothing_is_plugged_in_and_nothing_is_said():
    state = seeing()
    assert (state.screen, slip_words(state)[0], card_words(state).heading) == (Screen.NONE, "", "")


def test_a_stick_of_ours_says_what_it_brings():
    state = seeing(STICK)
    card = card_words(state)
    assert state.screen is Screen.CARD
    assert (card.heading, card.tone, card.start) == ("U盘里有新内容", "good", "装进来")
    assert card.about == "县里的U盘\nfujian，2026年11月20日签发"
    assert [(line.mark, line.title, line.detail) for line in card.lines] == [
        ("新增", "《医保》第3版", ""),
        ("更新", "《养老》第12版", "原来是第11版"),
    ]
    assert card.forecast == (
        "新增 1 份，更新 1 份，不变 1 份。\n要取 34.5 MB，大约 2 分钟。\n拔出也没关系，插回后接着装。"
    )
    assert slip_words(state) == ("工作人员：U盘里有新内容", "good")


def test_an_expired_stick_is_shown_with_its_date():
    card = card_words(seeing(of(ADD, stale=True)))
    assert "2026年11月20日签发，已经过期" in card.about
    assert (card.tone, card.start) == ("review", "装进来")


def test_what_is_taken_back_and_what_is_refused_say_why():
    gone = StepNews(action="withdraw", pack="c", title="旧目录", version=4, why="已经撤回")
    old = StepNews(action="refuse", pack="d", title="土地", version=2, before=5, why="比本机的旧")
    bare = StepNews(action="refuse", pack="e", title="别的", version=1)
    lines = card_words(seeing(of(gone, old, bare))).lines
    assert [(line.mark, line.tone, line.detail) for line in lines] == [
        ("撤回", "ended", "已经撤回"),
        ("没有采用", "review", "比本机的旧。"),
        ("没有采用", "review", ""),
    ]


def test_too_little_room_is_said_before_anything_is_done():
    assert (
        "磁盘放不下全部：要 300 MB，还剩 200 MB。"
        in card_words(seeing(of(ADD, room_bytes=300_000_000, free_bytes=200_000_000))).forecast
    )


def test_thousands_of_packs_do_not_fill_the_card():
    steps = [StepNews(action="add", pack=f"p{n}", title=str(n), version=1) for n in range(2000)]
    lines = card_words(seeing(of(*steps))).lines
    assert len(lines) == MOST_LINES + 1
    assert lines[-1].title == "1970 份没有列出来"


def test_a_stick_without_anything_new_may_go():
    card = card_words(seeing(of(KEEP)))
    assert (card.heading, card.tone, card.start) == ("U盘里没有新内容", "good", "")
    assert slip_words(seeing(of(KEEP)))[1] == "review"


def test_a_refused_stick_says_what_why_what_to_do_and_the_code():
    refused = Stick(
        "/dev/sdb1", "县里的U盘", True, (), (TroubleNews("内容被改动过。", "签名对不上", "请换U盘", "T-402"),)
    )
    card = card_words(seeing(refused))
    assert (card.heading, card.start) == ("这个U盘不能用", "")
    assert (card.lines[0].title, card.lines[0].detail) == ("内容被改动过。", "签名对不上。请换U盘。（T-402）")
    assert trouble_line(TroubleNews("坏了。")).detail == ""


def test_a_foreign_stick_is_named_as_such_and_left_alone():
    card = card_words(seeing(FOREIGN))
    assert (card.heading, card.start) == ("这不是村口的U盘", "")
    assert "里面的东西没有动" in card.about


def test_what_is_left_out_says_why():
    state = seeing(left_out=[Other("/dev/sdd1", "办公U盘", "加了密。")])
    assert state.screen is Screen.CARD
    (line,) = card_words(state).lines
    assert (line.mark, line.title, line.detail) == ("没有看", "办公U盘", "加了密。")
    assert slip_words(state)[0] == "工作人员：插上的东西这里用不了"
    both = card_words(seeing(STICK, left_out=[Other("/dev/sdd1", "办公U盘", "加了密。")]))
    assert both.lines[-1].title == "办公U盘"


def test_of_several_sticks_the_one_that_brings_something_comes_first():
    state = seeing(FOREIGN, of(KEEP), STICK)
    assert state.stick is STICK
    assert [line.title for line in card_words(state).lines if line.mark == "还插着"] == ["照片", "县里的U盘"]


def test_what_has_always_been_plugged_in_is_no_news_unless_it_is_ours():
    assert slip_words(after_news(StickState(), StickNews((FOREIGN,))))[0] == ""
    assert slip_words(after_news(StickState(), StickNews((STICK,))))[0] != ""


def test_what_a_clerk_has_seen_is_not_shown_over_every_page_any_more_until_something_changes():
    seen = after_notice(seeing(STICK))
    assert slip_words(seen)[0] == ""
    assert slip_words(seeing(STICK, state=seen))[0] == ""
    assert slip_words(seeing(STICK, FOREIGN, state=seen))[0] != ""


def test_when_nobody_can_tell_what_is_plugged_in_it_is_said():
    blind = after_blindness(seeing(STICK), GONE)
    assert (blind.screen, blind.trouble) == (Screen.NONE, GONE)
    assert seeing(state=blind).trouble is None


def test_what_came_otherwise_is_said_but_not_shown_anew_to_whoever_has_seen_the_card():
    told = seeing(of(KEEP), state=seeing(STICK))
    assert slip_words(told)[0] == "工作人员：U盘里没有新内容"
    seen = seeing(of(KEEP), state=after_notice(seeing(STICK)))
    assert (slip_words(seen)[0], card_words(seen).heading) == ("", "U盘里没有新内容")
    assert slip_words(seeing(of(ADD), state=seen))[0] == "工作人员：U盘里有新内容"


# --- bringing --------------------------------------------------------------------------------------------------------


def test_while_it_is_brought_percent_never_fall_and_nobody_says_that_it_may_be_pulled_out():
    state = after_progress(running(63.4), Progress(1, 9, "建立索引", "permille", 40.0, 30))
    assert state.task
    assert state.task.percent == 63.4
    assert state.is_running
    assert card_words(state).heading == "正在装U盘里的新内容"
    assert slip_words(state) == ("正在装U盘里的新内容 63%", "good")
    assert PULL not in str(card_words(state))
    assert seeing(state=state).is_running


def test_progress_is_told_in_megabytes_and_minutes():
    assert progress_words(None) == "正在准备……"
    told = progress_words(Progress(12_300_000, 34_500_000, "取《医保》", "bytes", 30.0, 150))
    assert told == "取《医保》 · 12.3 / 34.5 MB · 还要大约 2 分钟"
    assert progress_words(Progress(1, 2, "建立索引《医保》", "permille")) == "建立索引《医保》"
    assert duration_words(20) == "不到 1 分钟"


def test_only_what_is_done_may_be_pulled_out():
    state = after_done(running(), BROUGHT)
    card = card_words(state)
    assert (state.screen, card.heading, card.tone) == (Screen.DONE, PULL, "good")
    assert [line.mark for line in card.lines] == ["新增", "更新"]
    assert slip_words(state) == (PULL, "good")
    assert seeing(STICK, state=state).screen is Screen.DONE
    assert seeing(state=state).screen is Screen.NONE


def test_what_could_not_be_brought_and_a_missing_receipt_are_told():
    partly = BroughtNews(
        sources=(SyncedNews(changes=(ChangeNews("旧目录", 4, None),), troubles=(TroubleNews("放不下。"),)),),
        failed=(TroubleNews("不认识。"),),
        receipt=TroubleNews("写不上。"),
    )
    card = card_words(after_done(running(), partly))
    assert (card.tone, [line.mark for line in card.lines]) == ("review", ["撤回", "没装上", "不能用", "没有回执"])
    nothing = card_words(after_done(running(), BroughtNews(receipt=TroubleNews("写不上。"))))
    assert nothing.tone == "good"
    assert "没有要装的新内容" in nothing.about


def test_a_stick_that_is_gone_when_it_was_done_needs_no_word():
    assert after_done(seeing(state=running()), BROUGHT).task is None


def test_when_nobody_can_tell_whether_it_is_still_here_it_may_be_pulled_out_all_the_same():
    assert after_done(after_blindness(running(), GONE), BROUGHT).screen is Screen.DONE


def test_pulled_out_midway_it_says_where_it_will_go_on():
    state = pulled()
    assert state.screen is Screen.BROKEN
    assert card_words(state).heading == "U盘拔出来了，插回后从 63% 继续"
    assert slip_words(state) == ("U盘拔出来了，插回后从 63% 继续", "review")
    assert card_words(pulled(0)).heading == "U盘拔出来了，插回后继续"


def test_pulled_out_the_failure_may_be_told_before_the_stick_is_missed():
    failed = after_failure(running(), GONE)
    assert card_words(failed).start == "再试一次"
    assert card_words(seeing(state=failed)).heading.startswith("U盘拔出来了")


def test_back_again_it_goes_on_by_itself_from_there():
    back = seeing(STICK, state=pulled())
    assert to_go_on(back) is STICK
    state = after_start(back, STICK)
    assert state.task
    assert state.task.percent == 63
    assert to_go_on(state) is None
    assert to_go_on(seeing(STICK)) is None


def test_another_stick_does_not_go_on_for_the_first_one():
    other = replace_source(STICK, issued="2026-11-21")
    assert not is_same(STICK, other)
    state = seeing(other, state=pulled())
    assert (to_go_on(state), state.screen, card_words(state).start) == (None, Screen.CARD, "装进来")


def test_whoever_comes_after_the_clerk_has_agreed_to_nothing():
    back = seeing(STICK, state=after_leaving(pulled()))
    assert to_go_on(back) is None
    assert (back.screen, card_words(back).start) == (Screen.CARD, "从 63% 接着装")
    assert after_leaving(seeing()).task is None


def test_a_stick_that_never_comes_back_is_not_asked_for_for_ever():
    state = after_leaving(pulled())
    assert (slip_words(state)[0], card_words(state).heading) == ("", "U盘拔出来了，插回后从 63% 继续")
    at_rest = after_failure(seeing(state=after_notice(after_leaving(running()))), GONE)
    assert slip_words(at_rest)[0] == "U盘拔出来了，插回后从 63% 继续"


def test_a_failure_with_the_stick_still_in_says_why_and_can_be_tried_again():
    state = after_failure(running(), TroubleNews("磁盘满了。", "没有空间", "请清理", "M-310"))
    card = card_words(state)
    assert (card.heading, card.start, card.lines[0].title) == ("U盘没有装完", "再试一次", "磁盘满了。")
    assert to_go_on(seeing(STICK, state=state)) is None
    assert slip_words(state)[0] == "U盘没有装完"


def test_what_was_brought_stays_told_until_something_is_offered_again():
    done = after_done(running(), BROUGHT)
    partly = seeing(of(REPLACE, KEEP), state=done)
    assert partly.screen is Screen.DONE, "what could not be brought is offered as before, and was told of"
    again = seeing(of(ADD, REPLACE, KEEP), state=partly)
    assert (again.screen, card_words(again).heading) == (Screen.CARD, "U盘里有新内容")
    assert slip_words(again)[0] != ""


def test_a_failure_is_over_once_all_of_the_stick_came_otherwise():
    state = after_failure(running(), TroubleNews("磁盘满了。", "没有空间", "请清理", "M-310"))
    assert (
        seeing(of(KEEP, StepNews(action="refuse", pack="a", title="医保", version=3)), state=state).screen
        is Screen.BROKEN
    )
    assert card_words(seeing(of(KEEP), state=state)).heading == "U盘里没有新内容"


def test_a_stick_that_comes_back_goes_on_even_if_all_of_it_came_otherwise():
    """It takes no time, and there is a receipt."""
    assert to_go_on(seeing(of(KEEP), state=pulled()))


def test_what_was_stopped_and_taken_away_since_begins_anew():
    stopped = seeing(of(KEEP), state=after_cancel(running()))
    assert card_words(stopped).start == ""
    assert card_words(seeing(STICK, state=stopped)).start == "装进来"


def test_stopped_by_the_clerk_it_offers_to_go_on():
    state = after_cancel(running())
    assert state.task
    assert state.task.stage is Stage.STOPPED
    card = card_words(state)
    assert (card.heading, card.start) == ("U盘里有新内容，上次装到 63%", "从 63% 接着装")
    assert seeing(state=state).task is None


def test_late_words_about_nothing_change_nothing():
    state = seeing(STICK)
    progress = Progress(1, 2, "取")
    assert after_progress(state, progress) is state
    assert after_done(state, BROUGHT) is state
    assert after_failure(state, GONE) is state
    assert after_cancel(state) == state
    assert after_progress(pulled(), progress) == pulled()
    assert card_words(replace(pulled(), task=replace(pulled().task, trouble=None))).heading == ""


# --- what the processes tell -----------------------------------------------------------------------------------------


def test_what_the_watching_process_tells_becomes_words():
    told = stick_news(
        {
            "sticks": [
                {
                    "device": "/dev/sdb1",
                    "name": "盘",
                    "size": 8,
                    "ours": True,
                    "sources": [{"repository": "r", "issued": "2026-11-20", "steps": []}],
                    "troubles": [{"name": "盘", "what": "坏", "why": "", "todo": "", "code": "T-1"}],
                }
            ],
            "left_out": [{"device": "/dev/sdc", "name": "n", "why": "w"}],
        }
    )
    assert (told.sticks[0].sources[0].repository, told.sticks[0].troubles[0].code) == ("r", "T-1")
    assert told.left_out == (Other("/dev/sdc", "n", "w"),)
    brought = brought_news({"sources": [{"repository": "r", "result": "done", "changes": []}], "failed": []})
    assert brought.receipt is None


@pytest.mark.parametrize("screen", Screen)
def test_every_state_has_its_words(screen):
    states = {
        Screen.NONE: seeing(),
        Screen.CARD: seeing(STICK),
        Screen.RUNNING: running(),
        Screen.DONE: after_done(running(), BROUGHT),
        Screen.BROKEN: pulled(),
    }
    assert states[screen].screen is screen
    assert bool(card_words(states[screen]).heading) is (screen is not Screen.NONE)
