"""How far a sync is, with every phase weighed by the time it takes."""

from content_packs.progress import Progress
from sync.meter import Meter, Phase, Work

FETCH, INSTALL, INDEX = Phase


class Told:
    """A meter with a clock driven by hand, and all that it said."""

    def __init__(self, *works):
        self.now = 0.0
        self.heard = []
        self.meter = Meter(works, self.heard.append, lambda: self.now)

    def at(self, now, pack_id, phase, done, total=100):
        self.now = now
        self.meter.report(pack_id, phase, Progress(done, total, "", "bytes"))
        return self.heard[-1] if self.heard else None


def test_each_phase_has_its_share():
    told = Told(Work("a1", "甲", (60, 10, 30)))
    assert told.at(1, "a1", FETCH, 50).percent == 30
    assert told.at(2, "a1", FETCH, 100).percent == 60
    assert told.at(3, "a1", INSTALL, 100).percent == 70
    assert told.at(4, "a1", INDEX, 50).percent == 85
    assert told.at(5, "a1", INDEX, 100).percent == 100


def test_it_says_what_is_done_with_which_pack():
    told = Told(Work("a1", "甲", (1, 1, 1)))
    assert [told.at(n, "a1", phase, 0).phase for n, phase in enumerate(Phase)] == [
        "取《甲》",
        "校验并安装《甲》",
        "建立索引《甲》",
    ]


def test_a_later_phase_ends_those_before_it():
    told = Told(Work("a1", "甲", (60, 10, 30)))
    assert told.at(0, "a1", INDEX, 0).percent == 70


def test_it_never_falls():
    told = Told(Work("a1", "甲", (1, 1, 1)))
    told.at(0, "a1", FETCH, 90)
    assert told.at(1, "a1", FETCH, 10).percent == told.heard[0].percent


def test_a_pack_that_could_not_be_had_counts_as_done():
    told = Told(Work("a1", "甲", (1, 1, 1)), Work("b1", "乙", (1, 1, 1)))
    told.at(0, "a1", FETCH, 10)
    told.meter.skip("a1")
    assert told.at(1, "b1", FETCH, 0).percent == 50


def test_the_time_left_is_what_was_expected_until_something_was_measured():
    told = Told(Work("a1", "甲", (100, 10, 30)))
    assert told.at(0, "a1", FETCH, 0).seconds_left == 140
    assert told.at(1, "a1", FETCH, 50).seconds_left == 90


def test_the_time_left_follows_what_was_measured():
    told = Told(Work("a1", "甲", (100, 10, 30)))
    told.at(0, "a1", FETCH, 0)
    assert told.at(200, "a1", FETCH, 50).seconds_left == 50 * 4 + 40


def test_where_a_resumed_phase_begins_says_nothing_about_its_speed():
    told = Told(Work("a1", "甲", (100, 10, 30)))
    assert told.at(0, "a1", FETCH, 63).percent == 45
    assert told.at(74, "a1", FETCH, 100).seconds_left == 40
    assert told.meter._slowness()[FETCH] == 2


def test_reports_that_come_too_soon_are_passed_over_but_never_an_end():
    told = Told(Work("a1", "甲", (1, 1, 1)))
    told.at(1.0, "a1", FETCH, 1)
    told.at(1.01, "a1", FETCH, 2)
    told.at(1.02, "a1", FETCH, 100)
    assert [progress.done for progress in told.heard] == [1, 100]


def test_a_pack_that_takes_no_time_is_done():
    told = Told(Work("a1", "甲", (0, 0, 0)))
    assert told.at(0, "a1", FETCH, 0).percent == 100
