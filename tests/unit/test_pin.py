"""The clerk's PIN: who may change what is installed, and how often one may guess."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from content_packs.errors import SiteError
from kiosk.cli.main import run
from kiosk.pin import FREE_TRIES, PinDesk, PinError, hash_pin, is_hash, wait_s

PIN = "204816"


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def desk(tmp_path: Path, clock: Clock, seed: str = "") -> PinDesk:
    return PinDesk(tmp_path / "clerk/pin.json", seed=seed, now=clock)


def guess(desk: PinDesk, times: int = 1) -> str:
    for _ in range(times):
        with pytest.raises(PinError) as told:
            desk.check("999999")
    return told.value.telephone_code


def test_without_a_pin_nothing_opens(tmp_path: Path, clock: Clock) -> None:
    made = desk(tmp_path, clock)
    assert not made.is_set
    for pin in ("", "000000", PIN):
        with pytest.raises(PinError, match="还没有设置"):
            made.check(pin)


def test_the_right_one_opens_and_only_its_hash_is_kept(tmp_path: Path, clock: Clock) -> None:
    made = desk(tmp_path, clock)
    made.set_pin(PIN)
    made.check(PIN)
    kept = (tmp_path / "clerk/pin.json").read_text()
    assert PIN not in kept
    assert (tmp_path / "clerk").stat().st_mode & 0o077 == 0
    assert hash_pin(PIN) != hash_pin(PIN)


@pytest.mark.parametrize("pin", ["", "12345", "1234567890123", "abcdef", "１２３４５６", "000000", "123456", "987654"])
def test_a_pin_that_everybody_tries_first_is_refused(tmp_path: Path, clock: Clock, pin: str) -> None:
    with pytest.raises(PinError):
        desk(tmp_path, clock).set_pin(pin)


def test_waiting_doubles_and_has_an_end() -> None:
    assert [wait_s(wrong) for wrong in range(6)] == [0, 0, 0, 30, 60, 120]
    assert wait_s(1000) == 3600


def test_after_three_wrong_tries_one_waits_even_with_the_right_one(tmp_path: Path, clock: Clock) -> None:
    made = desk(tmp_path, clock)
    made.set_pin(PIN)
    assert guess(made, FREE_TRIES) == "K-030"
    with pytest.raises(PinError, match="请等 30 秒"):
        made.check(PIN)
    clock.now += 29
    assert guess(made) == "K-033"
    clock.now += 1
    made.check(PIN)
    assert made.seconds_left == 0


def test_neither_a_restart_nor_a_power_cut_gives_new_tries(tmp_path: Path, clock: Clock) -> None:
    made = desk(tmp_path, clock)
    made.set_pin(PIN)
    guess(made, FREE_TRIES)
    for _ in range(5):
        again = desk(tmp_path, clock)
        assert again.seconds_left == 30
        assert guess(again) == "K-033"
    clock.now = 0
    assert desk(tmp_path, clock).seconds_left == 30


def test_a_try_that_cannot_be_counted_is_not_judged(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = desk(tmp_path, clock)
    made.set_pin(PIN)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kiosk.pin.write_in_place", full)
    with pytest.raises(SiteError):
        made.check(PIN)


def test_several_desks_at_once_give_no_more_tries_than_one(tmp_path: Path, clock: Clock) -> None:
    """The screen, and somebody who starts further programs beside it."""
    desk(tmp_path, clock).set_pin(PIN)
    desks = [desk(tmp_path, clock) for _ in range(6)]
    with ThreadPoolExecutor(len(desks)) as all_at_once:
        codes = list(all_at_once.map(guess, desks))
    assert sorted(codes) == ["K-030"] * FREE_TRIES + ["K-033"] * (len(desks) - FREE_TRIES)
    for one in desks:
        with pytest.raises(PinError, match="试得太多"):
            one.check(PIN)
    desk(tmp_path, clock).set_pin("719305")
    desks[0].check("719305")


@pytest.mark.parametrize("damage", [b"", b"{", b'{"hashed":1}', b"\xff\xfe"])
def test_a_damaged_file_is_no_open_door(tmp_path: Path, clock: Clock, damage: bytes) -> None:
    desk(tmp_path, clock).set_pin(PIN)
    (tmp_path / "clerk/pin.json").write_bytes(damage)
    made = desk(tmp_path, clock)
    assert not made.is_set
    with pytest.raises(PinError):
        made.check(PIN)


@pytest.mark.parametrize("hashed", ["plain", "scrypt$99$" + "0" * 32 + "$" + "0" * 64, "scrypt$15$00$00"])
def test_a_hash_of_another_kind_opens_nothing(tmp_path: Path, clock: Clock, hashed: str) -> None:
    assert not is_hash(hashed)
    with pytest.raises(PinError):
        desk(tmp_path, clock, hashed).check(PIN)


def test_the_site_file_seeds_it_once(tmp_path: Path, clock: Clock) -> None:
    seed = hash_pin(PIN)
    desk(tmp_path, clock, seed).check(PIN)
    made = desk(tmp_path, clock, seed)
    made.set_pin("314159")
    again = desk(tmp_path, clock, seed)
    again.check("314159")
    newer = desk(tmp_path, clock, hash_pin("271828"))
    newer.check("271828")


def test_on_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Typed:
        def readline(self) -> str:
            return f"{PIN}\n"

    monkeypatch.setattr("sys.stdin", Typed())
    home = ["--home", str(tmp_path)]
    assert run(["pin", "show", *home]) == 0
    assert "还没有" in capsys.readouterr().out
    assert run(["pin", "hash", "--stdin"]) == 0
    seed = capsys.readouterr().out.strip()
    assert is_hash(seed)
    (tmp_path / "site.toml").write_text(f'pin_hash = "{seed}"\n')
    assert run(["pin", "show", *home]) == 0
    assert "已经设置" in capsys.readouterr().out
    assert run(["pin", "set", "--stdin", *home]) == 0
    assert run(["pin", "show", "--json", *home]) == 0
