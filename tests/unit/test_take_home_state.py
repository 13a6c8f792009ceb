"""What the page 带走 shows."""

import pytest

from kiosk.words import CodeCard
from tests.fakes.slips import PORTAL, WECHAT, a_slip
from ui.viewmodels.take_home_state import (
    NO_CODE,
    PRINT_WORDS,
    PrintStage,
    TakeHomeState,
    after_turning,
    named_view,
    scanned_view,
    text_view,
)


def test_a_name_without_a_payload_is_searched_for_and_never_a_code():
    view = named_view(WECHAT)
    assert (view.picture, view.modules) == ("", 0)
    assert view.search_words == "微信搜一搜：人力资源和社会保障部"
    assert "微信" in view.hint
    web = named_view(CodeCard(caption="省政府网", search_words="网上搜：省政府网"))
    assert "浏览器" in web.hint


def test_a_code_names_its_host_in_words_below():
    view = scanned_view(PORTAL, "code0", 33)
    assert (view.picture, view.caption, view.words) == ("code0", PORTAL.caption, PORTAL.host_words)
    assert text_view("words", 33).words


def test_codes_come_one_at_a_time_and_start_over():
    state = TakeHomeState(codes=(named_view(WECHAT), scanned_view(PORTAL, "c", 33)))
    assert state.code.search_words
    assert after_turning(state).code.picture == "c"
    assert after_turning(after_turning(state)) == state
    assert after_turning(TakeHomeState()).code is NO_CODE


@pytest.mark.parametrize(
    ("stage", "offered"),
    [
        (PrintStage.ASKING, False),
        (PrintStage.ABSENT, False),
        (PrintStage.READY, True),
        (PrintStage.PRINTING, False),
        (PrintStage.PRINTED, True),
        (PrintStage.FAILED, True),
    ],
)
def test_printing_is_offered_only_where_paper_would_come(stage, offered):
    assert TakeHomeState(slip=a_slip(), stage=stage).can_print is offered
    assert not TakeHomeState(slip=None, stage=stage).can_print
    assert stage in PRINT_WORDS
