import dataclasses
from pathlib import Path

import pytest

from content_packs.errors import SettingsError
from kiosk.declared import as_stored, check_value
from kiosk.home import Home
from kiosk.settings import Settings, declarations, settings_from_text
from kiosk.site import SITE_FILE_LIMIT_BYTES, load_settings, usable_settings

SITE = Path("site.toml")


def write(home: Path, text: str | bytes) -> Home:
    (home / "site.toml").write_bytes(text.encode() if isinstance(text, str) else text)
    return Home(home)


def test_without_a_site_file_everything_has_its_default(tmp_path):
    assert load_settings(Home(tmp_path)) == Settings()


def test_the_site_file_overrides_what_it_names_and_nothing_else(tmp_path):
    home = write(tmp_path, 'village = "杨树村"\npaper_dots = 384\nleft_handed = true\nscreen_inches = 21\n')
    found = load_settings(home)
    assert found == dataclasses.replace(
        Settings(), village="杨树村", paper_dots=384, left_handed=True, screen_inches=21.0
    )
    assert isinstance(found.screen_inches, float)


def test_a_file_saved_by_a_windows_editor_is_read(tmp_path):
    assert load_settings(write(tmp_path, b'\xef\xbb\xbfvillage = "\xe6\x9d\x91"\r\n')).village == "村"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('\n\nvilage = "杨树村"', 3, "是不是 village"),
        ("qqqqqq = 1", 1, "没有叫 qqqqqq 的设置"),
        ("[village]\nname = 1", 1, "village 应是带引号的文字"),
        ("# 说明\n[printers]\nqueue = 1", 2, "没有叫 printers 的设置"),
        ('idle_s = "90"', 1, "idle_s 应是整数"),
        ("idle_s = true", 1, "idle_s 应是整数"),
        ("idle_s = 5", 1, "应在 30 到 600 秒之间"),
        ("idle_s = 601", 1, "应在 30 到 600 秒之间"),
        ("left_handed = 1", 1, "应是true 或 false"),
        ("screen_inches = nan", 1, "应在 0 到 100 英寸之间"),
        ("screen_inches = false", 1, "应是数字"),
        ("paper_dots = 400", 1, "只能是 384、576"),
        ('sound = "loud"', 1, "只能是 auto、null、off"),
        ('region = "12345"', 1, "应是0，或2、4、6、9、12位数字"),
        ('region = "350122\\n"', 1, "应是0，或"),
        (f'village = "{"村" * 25}"', 1, "应是1到24个字"),
        ('village = ""', 1, "应是1到24个字"),
        ('escpos_device = "/etc/passwd"', 1, "/dev/ 开头"),
        ('printer_queue = "a b"', 1, "没有空格"),
        ('village = "a"\nvillage = "b"', 2, "写法不对"),
        ("\nidle_s = ", 2, "写法不对"),
        ('village = "a', 1, "写法不对"),
    ],
)
def test_a_mistake_is_said_with_file_and_line(tmp_path, text, line, words):
    home = write(tmp_path, text)
    with pytest.raises(SettingsError) as caught:
        load_settings(home)
    assert f"site.toml:{line}：" in caught.value.why
    assert words in caught.value.why
    assert caught.value.todo
    assert caught.value.telephone_code == "M-320"


def test_a_long_wrong_value_is_cut_short():
    with pytest.raises(SettingsError) as caught:
        settings_from_text(f'voice = "{"$" * 5000}"', SITE)
    assert len(caught.value.why) < 200


@pytest.mark.parametrize(
    "text",
    [
        'pin_hash = "482913"',
        "pin_hash = 482913",
        'sync_proxy = "clerk:482913@10.0.0.1:3128"',
        'sync_proxy = "http://clerk:482913@10.0.0.1 "',
    ],
)
def test_a_wrong_pin_or_password_is_told_to_nobody(text):
    """What is told stands on the clerk's page, which everybody may open."""
    with pytest.raises(SettingsError) as caught:
        settings_from_text(text, SITE)
    assert "482913" not in str(caught.value)
    assert text.partition(" ")[0] in caught.value.why


def test_a_file_that_is_not_utf8_is_refused_with_its_line(tmp_path):
    home = write(tmp_path, b"idle_s = 60\n" + 'village = "村"\n'.encode("gb18030"))
    with pytest.raises(SettingsError, match="UTF-8") as caught:
        load_settings(home)
    assert "site.toml:2" in caught.value.why


def test_a_huge_file_is_refused_unread(tmp_path):
    with pytest.raises(SettingsError, match="64 KiB"):
        load_settings(write(tmp_path, "#" * (SITE_FILE_LIMIT_BYTES + 1)))


def test_a_folder_in_place_of_the_file_is_refused(tmp_path):
    (tmp_path / "site.toml").mkdir()
    with pytest.raises(SettingsError, match="读不出来"):
        load_settings(Home(tmp_path))


def test_a_link_that_leads_to_itself_is_refused_in_words(tmp_path):
    (tmp_path / "site.toml").symlink_to("site.toml")
    with pytest.raises(SettingsError, match="读不出来"):
        load_settings(Home(tmp_path))


def test_every_setting_is_declared_in_full():
    assert [declared.name for declared in declarations()] == [field.name for field in dataclasses.fields(Settings)]
    for declared in declarations():
        assert declared.rule.meaning.endswith(("。", "）"))
        assert check_value(declared, declared.default) == ""
        if declared.type in {int, float} and not declared.choices:
            assert declared.rule.low < declared.rule.high
            assert declared.rule.unit
        if declared.rule.pattern:
            assert declared.rule.form


def test_every_default_written_into_a_site_file_is_read_back():
    text = "\n".join(f"{declared.name} = {as_stored(declared.default)}" for declared in declarations())
    assert settings_from_text(text, SITE) == Settings()


def test_a_text_with_quotes_is_written_so_that_it_reads_back():
    village = '“好”村 "甲"'
    assert settings_from_text(f"village = {as_stored(village)}", SITE).village == village


def test_where_the_home_holds_a_link_the_file_that_is_edited_is_named(tmp_path):
    edited = tmp_path / "etc" / "site.toml"
    edited.parent.mkdir()
    edited.write_text("vilage = 1\n")
    home = tmp_path / "home"
    home.mkdir()
    (home / "site.toml").symlink_to(edited)
    with pytest.raises(SettingsError) as refused:
        load_settings(Home(home))
    assert f"{edited}:1" in refused.value.why


def test_a_site_file_that_cannot_be_used_does_not_keep_a_village_from_reading(tmp_path):
    assert usable_settings(Home(tmp_path)) == (Settings(), None)
    settings, trouble = usable_settings(write(tmp_path, b'vilage = "x"'))
    assert settings == Settings()
    assert "vilage" in str(trouble)
