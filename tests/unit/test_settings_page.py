import json
from pathlib import Path

from kiosk.cli.main import run
from kiosk.settings import Settings, declarations
from kiosk.settings_table import setting_rows, settings_page

PAGE = Path(__file__).resolve().parents[2] / "docs" / "settings.md"


def test_the_page_of_the_guide_is_the_one_that_the_declarations_give():
    assert PAGE.read_text(encoding="utf-8") == settings_page(), "run: cunkou settings --markdown > docs/settings.md"


def test_the_page_names_every_setting_with_its_meaning():
    page = settings_page()
    for declared in declarations():
        assert f"| `{declared.name}` |" in page
        assert declared.rule.meaning in page


def test_a_row_says_what_is_in_use_and_what_could_be():
    rows = {row.name: row for row in setting_rows(Settings(idle_s=60))}
    assert (rows["idle_s"].value, rows["idle_s"].default, rows["idle_s"].accepts, rows["idle_s"].unit) == (
        60,
        90,
        "30到600",
        "秒",
    )
    assert rows["left_handed"].accepts == "true、false"
    assert rows["sound"].accepts == '"auto"、"null"、"off"'
    assert rows["village"].accepts == "1到24个字"


def test_the_command_prints_what_is_in_use(tmp_path, capfd):
    (tmp_path / "site.toml").write_text('village = "杨树村"\n', encoding="utf-8")
    assert run(["settings", "--home", str(tmp_path)]) == 0
    printed = capfd.readouterr().out
    assert "杨树村" in printed
    assert "还没有这个文件" not in printed
    assert run(["settings", "--home", str(tmp_path), "--json"]) == 0
    found = json.loads(capfd.readouterr().out)
    assert found["file"] == str(tmp_path / "site.toml")
    assert found["settings"][0]["value"] == "杨树村"


def test_the_command_says_where_a_mistake_is(tmp_path, capfd):
    (tmp_path / "site.toml").write_text("\nidle_s = 1\n", encoding="utf-8")
    assert run(["settings", "--home", str(tmp_path)]) == 1
    answer = capfd.readouterr()
    assert "site.toml:2" in answer.err
    assert "M-320" in answer.err
    assert "Traceback" not in answer.err
    assert "30到600" in answer.out, "whoever has to mend it needs the list"
    assert run(["settings", "--home", str(tmp_path), "--json"]) == 1
    assert json.loads(capfd.readouterr().out)["settings"]


def test_the_command_writes_the_page(capfd):
    assert run(["settings", "--markdown"]) == 0
    assert capfd.readouterr().out == settings_page()


def test_without_a_site_file_the_command_says_so(tmp_path, capfd):
    assert run(["settings", "--home", str(tmp_path / "new")]) == 0
    assert "还没有这个文件" in capfd.readouterr().out
    assert not (tmp_path / "new").exists()
