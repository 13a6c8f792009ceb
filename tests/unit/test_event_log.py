import pytest

from content_packs.errors import SettingsError
from kiosk.home import Home
from kiosk.log import FILE_BYTES, OLD_FILES, EventLog, event_line
from ui.jobs import Failed, outcome_of

PERSON = "王小明 13800138000 350122195001011234 低保怎么办"


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path)


@pytest.fixture
def log(home):
    return EventLog(home)


def written(home):
    return "".join(path.read_text(encoding="utf-8") for path in sorted(home.log.iterdir()))


def test_an_event_is_one_line_of_identifiers_and_numbers(log, home):
    log.event("pack-installed", pack="cn.cunkou.starter", version=3, seconds=1.25)
    line = written(home)
    assert line.endswith(" pack-installed pack=cn.cunkou.starter version=3 seconds=1.25\n")
    assert line.count("\n") == 1


def test_what_a_person_typed_has_no_way_in(log, home):
    log.event("search", query=PERSON, phone=13800138000, words="低保", spaced="a b")
    log.event(PERSON)
    log.error(SettingsError(PERSON, why=PERSON, todo=PERSON))
    try:
        int(PERSON)
    except ValueError as error:
        log.crash(error)
    text = written(home)
    for part in ("王", "138", "350122", "低保", "a b"):
        assert part not in text
    assert "query=- phone=- words=- spaced=-" in text
    assert "error code=M-320 kind=SettingsError" in text


def test_a_job_that_fails_by_a_bug_tells_the_journal_where_and_no_word_of_the_question(caplog):
    outcome = outcome_of(lambda: int(PERSON))
    assert isinstance(outcome, Failed)
    assert "a job failed: ValueError" in caplog.text
    assert f"{__file__}:" in caplog.text
    assert "王" not in caplog.text


def test_a_crash_says_where(log, home):
    def broken():
        return 1 // 0

    try:
        broken()
    except ZeroDivisionError as error:
        log.crash(error)
    assert "crash kind=ZeroDivisionError" in written(home)
    assert f"{__file__}:" in written(home)
    assert " broken" in written(home)


def test_it_never_grows_past_its_bound(log, home):
    line = event_line("x" * 80, {f"field{number}": "y" * 80 for number in range(20)})
    for _ in range(FILE_BYTES * (OLD_FILES + 3) // len(line)):
        log.event("x" * 80, **{f"field{number}": "y" * 80 for number in range(20)})
    files = list(home.log.iterdir())
    assert len(files) == OLD_FILES + 1
    assert sum(path.stat().st_size for path in files) <= FILE_BYTES * (OLD_FILES + 1)


def test_the_newest_lines_stand_in_the_first_file_and_the_oldest_are_lost(log, home):
    for number in range(FILE_BYTES * (OLD_FILES + 2) // 1_000):
        log.event("tick", number=number, **{f"field{place}": "y" * 80 for place in range(10)})
    firsts = [
        int(path.read_text(encoding="utf-8").split("number=")[1].split()[0])
        for path in sorted(home.log.iterdir(), key=lambda path: path.name)
    ]
    assert firsts == sorted(firsts, reverse=True)
    assert firsts[-1] > 0


def test_without_a_place_to_write_it_is_silent(tmp_path, capsys):
    (tmp_path / "file").write_text("")
    log = EventLog(Home(tmp_path / "file"))
    log.event("start")
    assert capsys.readouterr() == ("", "")


def test_a_folder_that_goes_away_is_silent_too(log, home, capsys):
    home.log.rmdir()
    home.log.write_text("")
    log.event("start")
    assert capsys.readouterr() == ("", "")
