"""When a kiosk asks how it is to be set up: once in its life, and never because a file was lost."""

import pytest

from kiosk.cli.main import run
from kiosk.home import Home
from kiosk.setup import ask_again, keep_answers, needs_setup, note_set_up
from kiosk.site import keep_good_copies, load_settings


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path / "home")


def test_a_new_kiosk_asks(home):
    assert needs_setup(home)
    home.create()
    assert needs_setup(home)


def test_a_site_file_that_says_something_is_an_answer_and_one_of_comments_is_none(home):
    home.create()
    home.site_file.write_text("# village = \n", encoding="utf-8")
    assert needs_setup(home), "the package brings such a file"
    home.site_file.write_text('village = "云溪村"\n', encoding="utf-8")
    assert not needs_setup(home)


def test_a_site_file_that_is_wrong_is_no_reason_to_ask(home):
    home.create()
    home.site_file.write_text("vilage = 1\n", encoding="utf-8")
    assert not needs_setup(home)


def test_after_the_marker_nothing_makes_it_ask_again(home):
    home.create()
    home.site_file.write_text('village = "云溪村"\n', encoding="utf-8")
    note_set_up(home)
    home.site_file.unlink()
    assert not needs_setup(home)


@pytest.mark.parametrize("lost", ["set-up", "kept", "first-sight.json"])
def test_one_lost_trace_is_not_enough_to_ask(home, lost):
    home.create()
    home.site_file.write_text('village = "云溪村"\n', encoding="utf-8")
    keep_good_copies(home)
    note_set_up(home)
    (home.root / "first-sight.json").write_text("x")
    home.site_file.unlink()
    gone = home.root / lost
    if gone.is_dir():
        (gone / "site.toml").unlink()
        gone.rmdir()
    else:
        gone.unlink()
    assert not needs_setup(home)


def test_a_kiosk_of_an_earlier_version_is_not_asked(home):
    home.create()
    (home.root / "first-sight.json").write_text("x")
    assert not needs_setup(home)


def test_a_power_cut_between_two_questions_asks_again_and_knows_the_answers(home):
    keep_answers(home, {"village": "云溪村"})
    assert needs_setup(home)
    assert load_settings(home).village == "云溪村"


def test_the_command_shows_skips_and_asks_again(home, capsys):
    where = ["--home", str(home.root)]
    assert run(["setup", "show", "--json", *where]) == 0
    assert capsys.readouterr().out.strip().replace(" ", "").replace("\n", "") == '{"asks":true}'
    assert run(["setup", "skip", *where]) == 0
    assert not needs_setup(home)
    assert run(["setup", "show", *where]) == 0
    assert "直接显示首页" in capsys.readouterr().out
    assert run(["setup", "again", *where]) == 0
    assert needs_setup(home)


def test_asking_again_offers_what_was_answered(home):
    keep_answers(home, {"village": "云溪村"})
    keep_good_copies(home)
    note_set_up(home)
    ask_again(home)
    assert needs_setup(home)
    assert load_settings(home).village == "云溪村"


def test_where_the_administrator_has_said_something_asking_again_says_so(home, capsys):
    home.create()
    home.site_file.write_text('village = "云溪村"\n', encoding="utf-8")
    assert run(["setup", "again", "--home", str(home.root)]) == 1
    assert "K-035" in capsys.readouterr().err


def test_a_disk_that_refuses_the_marker_is_told(home, capsys, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kiosk.setup.write_in_place", full)
    assert run(["setup", "skip", "--home", str(home.root)]) == 1
    assert "M-355" in capsys.readouterr().err


def test_a_refusal_to_ask_again_leaves_the_last_good_copy_of_a_broken_file_in_use(home, capsys):
    home.create()
    home.site_file.write_text('village = "云溪村"\n', encoding="utf-8")
    keep_good_copies(home)
    home.site_file.write_text('village = "云溪', encoding="utf-8")
    assert run(["setup", "again", "--home", str(home.root)]) == 1
    assert "K-035" in capsys.readouterr().err
    assert load_settings(home).village == "云溪村"


def test_once_the_site_file_is_gone_asking_again_is_possible(home, capsys):
    home.create()
    home.site_file.write_text('village = "云溪村"\n', encoding="utf-8")
    keep_good_copies(home)
    home.site_file.unlink()
    assert run(["setup", "again", "--home", str(home.root)]) == 0
    assert needs_setup(home)
