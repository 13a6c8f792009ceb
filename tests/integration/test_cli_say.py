"""``cunkou say``."""

import wave

import pytest

from kiosk.cli.main import run


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    (tmp_path / "site.toml").write_text('sound = "null"\n')
    monkeypatch.setenv("CUNKOU_HOME", str(tmp_path))
    return tmp_path


def test_it_prints_how_a_text_is_read(capsys):
    assert run(["say", "国发〔2024〕11号。到银行卡窗口。", "--print"]) == 0
    assert capsys.readouterr().out == "国发，二零二四年，十一号。\n到银行{háng}卡窗口。\n"


def test_it_saves_a_whole_text_as_one_file(home, capsys):
    lengths = {}
    for rate in ("slow", "fast"):
        target = home / f"{rate}.wav"
        assert run(["say", "年满60周岁。拨打12333。", "--wav", str(target), "--rate", rate]) == 0
        with wave.open(str(target), "rb") as file:
            lengths[rate] = file.getnframes() / file.getframerate()
    assert lengths["slow"] > 1.4 * lengths["fast"] > 2
    assert capsys.readouterr().out == ""


def test_it_plays(capsys):
    assert run(["say", "好。行。", "--rate", "fast"]) == 0
    assert capsys.readouterr().out == "好。\n行。\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["……"], "没有可以读的字"),
        (["好", "--wav", "/nonexistent/a.wav"], "/nonexistent/a.wav"),
    ],
)
def test_what_does_not_work_is_told_in_words(arguments, said, capsys):
    assert run(["say", *arguments]) == 1
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(("setting", "said"), [('sound = "off"', "sound"), ('voice = "sit/nowhere"', "sit/nowhere")])
def test_settings_are_obeyed(home, setting, said, capsys):
    text = setting if "sound" in setting else f'sound = "null"\n{setting}'
    (home / "site.toml").write_text(f"{text}\n")
    assert run(["say", "好。"]) == 1
    assert said in capsys.readouterr().err
