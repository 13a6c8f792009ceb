"""What has been set, when a file of it breaks, vanishes, or comes back."""

from zlib import crc32

import pytest

from content_packs.errors import SettingsError
from kiosk.home import Home
from kiosk.settings import Settings
from kiosk.site import keep_good_copies, load_settings, site_of, usable_settings, write_screen_settings

GOOD = 'village = "云溪村"\nregion = "330109"\n'


@pytest.fixture
def home(tmp_path):
    """A kiosk that has started once with a good site file."""
    made = Home(tmp_path)
    made.site_file.write_text(GOOD, encoding="utf-8")
    keep_good_copies(made)
    return made


def _broken(home):
    home.site_file.write_text('village = "云溪村"\nregoin = "330109"\n', encoding="utf-8")


def _not_utf8(home):
    home.site_file.write_bytes('village = "云溪村"\n'.encode("gb18030"))


def _half_saved(home):
    home.site_file.write_bytes(b"")


def _zeroed(home):
    home.site_file.write_bytes(bytes(512))


def _a_folder(home):
    home.site_file.unlink()
    home.site_file.mkdir()


def _gone(home):
    home.site_file.unlink()


def _link_to_nothing(home):
    home.site_file.unlink()
    home.site_file.symlink_to(home.root / "etc" / "site.toml")


BREAKS = (_broken, _not_utf8, _half_saved, _zeroed, _a_folder, _gone, _link_to_nothing)


@pytest.mark.parametrize("breaks", BREAKS)
def test_a_file_that_breaks_or_vanishes_changes_nothing_that_villagers_see(home, breaks):
    before = load_settings(home)
    breaks(home)
    settings, trouble = usable_settings(home)
    assert settings == before == Settings(village="云溪村", region="330109")
    assert trouble is not None
    assert trouble.telephone_code == "M-322"
    assert "site.toml" in trouble.why
    assert load_settings(home) == before
    keep_good_copies(home)
    assert usable_settings(home)[0] == before, "what is broken never takes the place of the good copy"


def test_the_line_of_a_mistake_is_said_although_the_copy_is_in_use(home):
    _broken(home)
    _, trouble = usable_settings(home)
    assert trouble is not None
    assert "site.toml:2" in trouble.why
    assert "region" in trouble.why


def test_a_file_that_was_mended_counts_at_once(home):
    _broken(home)
    home.site_file.write_text('village = "桃源村"\n', encoding="utf-8")
    assert usable_settings(home) == (Settings(village="桃源村"), None)


def test_a_comment_alone_is_a_file_that_asks_for_the_defaults(home):
    home.site_file.write_text("# 全用默认值\n", encoding="utf-8")
    assert usable_settings(home) == (Settings(), None)


def test_without_a_good_copy_the_mistake_is_an_error_for_commands(tmp_path):
    home = Home(tmp_path)
    home.site_file.write_text("vilage = 1\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"site\.toml:1"):
        load_settings(home)
    assert not site_of(home).is_silent


@pytest.mark.parametrize("damage", [b"", b"00000000\n", b"zz\nvillage = 1", b"\xff" * 40])
def test_a_damaged_copy_is_never_believed(home, damage):
    (home.kept_settings / "site.toml").write_bytes(damage)
    _gone(home)
    assert usable_settings(home) == (Settings(), None)


def test_one_flipped_bit_in_the_copy_is_seen(home):
    copy = home.kept_settings / "site.toml"
    copy.write_bytes(copy.read_bytes().replace(b"330109", b"330108"))
    _gone(home)
    assert usable_settings(home)[0] == Settings()


def test_a_copy_that_says_what_this_program_no_longer_knows_is_not_used(home):
    home.site_file.write_text("# nothing\n", encoding="utf-8")
    data = b"long_gone = 1\n"
    (home.kept_settings / "site.toml").write_bytes(f"{crc32(data):08x}\n".encode() + data)
    _gone(home)
    assert usable_settings(home) == (Settings(), None)


def test_the_site_file_wins_over_what_was_touched_on_the_screen_key_by_key(tmp_path):
    home = Home(tmp_path)
    write_screen_settings(home, 'village = "云溪村"\nviewing_distance_mm = 700\n')
    home.site_file.write_text('village = "桃源村"\n', encoding="utf-8")
    assert load_settings(home) == Settings(village="桃源村", viewing_distance_mm=700)


def test_what_was_touched_on_the_screen_outlives_its_file(tmp_path):
    home = Home(tmp_path)
    write_screen_settings(home, 'village = "云溪村"\n')
    keep_good_copies(home)
    home.screen_file.write_bytes(b"\0\0\0\0")
    settings, trouble = usable_settings(home)
    assert settings.village == "云溪村"
    assert "setup.toml" in str(trouble)


def test_nothing_wrong_is_ever_written_for_the_screen(tmp_path):
    home = Home(tmp_path)
    with pytest.raises(SettingsError):
        write_screen_settings(home, "village = 1\n")
    assert not home.screen_file.exists()


def test_a_new_kiosk_is_silent_and_one_whose_file_vanished_is_not(home, tmp_path):
    assert site_of(Home(tmp_path / "new")).is_silent
    home.site_file.unlink()
    assert not site_of(home).is_silent


def test_what_was_touched_on_the_screen_is_not_what_an_administrator_said(tmp_path):
    home = Home(tmp_path)
    write_screen_settings(home, 'village = "云溪村"\n')
    assert site_of(home).is_silent


def test_a_full_disk_keeps_the_copy_of_before(home, monkeypatch):
    home.site_file.write_text('village = "桃源村"\n', encoding="utf-8")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kiosk.site.write_in_place", full)
    keep_good_copies(home)
    _gone(home)
    assert load_settings(home).village == "云溪村"
