"""Gathers what the doctor wants to know about this machine and its kiosk."""

from content_packs.errors import KioskError
from kiosk import machine
from kiosk.doctor import Facts
from kiosk.home import Home
from kiosk.services import Kiosk, machine_today
from kiosk.settings import Settings
from kiosk.site import usable_settings


def facts_of(home: Home, settings: Settings) -> Facts:
    """Return what is seen on this machine. Takes a few seconds: voice and loudspeaker are really started.

    Raises:
        SiteError: The home cannot be made or its volume cannot be asked.
    """
    printer, printer_name = machine.printer_of(settings)
    with Kiosk(home, settings, today=machine_today) as kiosk:
        library = kiosk.library
        troubles: tuple[KioskError, ...] = kiosk.troubles
        return Facts(
            settings=settings,
            site_file=usable_settings(home)[1],
            voice=machine.voice_trouble(settings),
            sound=machine.sound_trouble(settings),
            printer=printer,
            printer_name=printer_name,
            languages_without_font=machine.languages_without_font(),
            free_bytes=machine.free_bytes(home.root),
            panel=machine.panel_of_machine(settings),
            today=kiosk.today,
            trusted_on=library.trusted_on,
            packs=library.packs(),
            packs_trouble=troubles[0] if troubles else None,
            elsewhere=library.elsewhere,
            without_index=machine.titles_without_index(home),
            tables=machine.tables_trouble(),
        )
