"""The application as `tests.screen.driven` opens it, with a clerk beside the villagers."""

import sys

from tests.screen.driven import Driver, main
from ui.viewmodels.upkeep_state import Kind


class DayDriver(Driver):
    """Also fetches as the night does, without a PIN, and says whether something is still going on."""

    def fetch(self) -> None:
        """Begin to fetch from the servers that are set."""
        self.shell.rooms.upkeep._start(Kind.NETWORK)

    def working(self) -> bool:
        """Return whether long work is running."""
        return self.shell.rooms.upkeep.is_working


if __name__ == "__main__":
    sys.exit(main(DayDriver))
