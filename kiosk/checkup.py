"""Gathers what the doctor wants to know about this machine and its kiosk."""

from datetime import date, datetime

from content_packs.errors import KioskError
from kiosk import machine
from kiosk.backup import backed_up_at
from kiosk.divisions import division_path
from kiosk.doctor import Facts
from kiosk.home import Home
from kiosk.services import Kiosk, machine_today
from kiosk.settings import Settings
from kiosk.site import usable_settings
from kiosk.upkeep import damaged_words, last_success_of


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
            region_name="".join(division.name for division in division_path(settings.region)),
            roots=machine.trusted_roots(home),
            synced_on=_day_of(last_success_of(home)),
            backed_up_on=_day_of(backed_up_at(home)),
            damaged=damaged_words(home, kiosk.today),
            keeps_jobs=machine.keeps_print_jobs(settings),
            service=machine.service_state(),
            has_sticks=machine.has_stick_service(),
        )


def _day_of(moment: datetime | None) -> date | None:
    return moment.astimezone().date() if moment else None
