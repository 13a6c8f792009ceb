"""What is seen of a kiosk: on its screen, and of its unit."""

from PIL import Image

from tests.appliance.machine import HEIGHT, WIDTH, Machine

KIOSK, NOTICE, AGAIN = "cunkou-kiosk.service", "cunkou-notice.service", "cunkou-kiosk-again.timer"
PAPER = (0xF5, 0xF0, 0xE4)
"""Of the kiosk's pages."""
SEAL = (0xB3, 0x32, 0x1F)
"""Beside the name of the village, on every page."""
NOTICE_PAPER = (0xF3, 0xEA, 0xD7)


def alike(one: tuple[int, ...], other: tuple[int, ...], within: int = 8) -> bool:
    return all(abs(a - b) <= within for a, b in zip(one, other, strict=True))


def is_page(screen: Image.Image) -> bool:
    """Whether a picture of the screen is one of the kiosk's pages."""
    paper, seal = screen.getpixel((4, screen.height // 2)), screen.getpixel((40, 22))
    return screen.size == (WIDTH, HEIGHT) and alike(paper, PAPER) and alike(seal, SEAL)


def shows_kiosk(machine: Machine) -> bool:
    return is_page(machine.screen())


def shows_notice(machine: Machine) -> bool:
    screen = machine.screen()
    corner, middle = screen.getpixel((4, 4)), screen.crop((WIDTH // 4, 0, WIDTH * 3 // 4, HEIGHT))
    return alike(corner, NOTICE_PAPER, 2) and middle.convert("L").getextrema()[0] < 80


def is_up(machine: Machine) -> bool:
    return machine.property(KIOSK, "ActiveState") == "active" and shows_kiosk(machine)
