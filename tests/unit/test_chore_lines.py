"""What a chore says of itself, read back."""

import pytest

from content_packs.errors import DiskFullError
from content_packs.progress import Progress
from kiosk.chores.lines import EVERY_S, DoneLine, FailedLine, NewsLine, ProgressLine, Telling, decode_line


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def told():
    return []


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def telling(told, clock):
    return Telling(told.append, clock)


def test_every_line_is_one_object_and_comes_back(telling, told):
    telling.progress(Progress(1, 9, "读取条目"))
    telling.done({"packs": [1, 2]})
    telling.failed(DiskFullError("磁盘满了。", why="/x", todo="清理。"))
    assert all(line.endswith(b"\n") and line.count(b"\n") == 1 for line in told)
    assert [decode_line(line) for line in told] == [
        ProgressLine(1, 9, "读取条目", "items"),
        DoneLine({"packs": [1, 2]}),
        FailedLine("磁盘满了。", "/x", "清理。", "M-310"),
    ]


def test_an_error_keeps_its_words_and_its_code(telling, told):
    telling.failed(DiskFullError("磁盘满了。", why="/x", todo="清理。", code="M-319"))
    error = decode_line(told[0]).error
    assert (error.what, error.why, error.todo, error.telephone_code) == ("磁盘满了。", "/x", "清理。", "M-319")


def test_steps_in_quick_succession_are_not_told_but_beginnings_and_ends_are(telling, told, clock):
    for done in range(5):
        telling.progress(Progress(done, 4, "读"))
    telling.progress(Progress(0, 4, "写"))
    telling.progress(Progress(1, 4, "写"))
    clock.now = EVERY_S
    telling.progress(Progress(2, 4, "写"))
    lines = [decode_line(line) for line in told]
    assert [(line.phase, line.done) for line in lines] == [("读", 0), ("读", 4), ("写", 0), ("写", 2)]


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{}",
        b"Audio saved",
        b'{"line":"other"}',
        b'{"line":"done"}',
        b"\xff",
        b'{"line":"failed","what":"\xff"}',
        b'{"line":"news","news":' + b"[" * 200_000,
    ],
)
def test_a_line_that_is_none_of_ours_says_nothing(line):
    assert decode_line(line) is None


def test_news_is_told_while_the_work_goes_on(telling, told):
    telling.news({"sticks": []})
    assert decode_line(told[-1]) == NewsLine({"sticks": []})
