import pytest

from kiosk.panel import Panel, panel_of, panel_of_edid, turned

EDID = bytes((0, 255, 255, 255, 255, 255, 255, 0)) + bytes(13) + bytes((48, 27)) + bytes(105)


@pytest.mark.parametrize(
    ("inches", "pixels", "target"),
    [
        (21.5, (1080, 1920), 15),
        (21.5, (1920, 1080), 15),
        (15.6, (1280, 800), 15),
        (15.6, (1920, 1080), 15),
        (15.6, (1080, 1920), 15),
        (13.3, (1920, 1080), 12),
        (10.1, (800, 1280), 12),
        (10.1, (1280, 800), 12),
    ],
)
def test_targets_shrink_where_ten_keys_do_not_fit(inches, pixels, target):
    assert panel_of(inches, *pixels).target_mm == target


def test_a_diagonal_with_its_proportions_gives_both_sides():
    panel = panel_of(21.5, 1920, 1080)
    assert (round(panel.width_mm), round(panel.height_mm)) == (476, 268)
    assert not panel.is_portrait


def test_a_panel_is_turned_as_it_hangs():
    wide, high = Panel(476, 268), Panel(268, 476)
    assert turned(wide, "portrait") == turned(high, "portrait") == high
    assert turned(wide, "landscape") == turned(high, "landscape") == wide
    assert turned(wide, "auto") == wide


def test_a_screen_tells_its_own_size():
    assert panel_of_edid(EDID) == Panel(480, 270)


@pytest.mark.parametrize("edid", [b"", EDID[:22], b"x" + EDID[1:], EDID[:21] + bytes(107), EDID[:22] + bytes(106)])
def test_a_screen_that_tells_none(edid):
    assert panel_of_edid(edid) is None
