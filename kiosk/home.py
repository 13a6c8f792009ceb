"""Where a kiosk keeps its state: one folder, and nothing outside it.

The folder comes from ``--home``, else from the environment variable ``CUNKOU_HOME``, else from the platform.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from content_packs.errors import SiteError

HOME_VARIABLE = "CUNKOU_HOME"


class Home(NamedTuple):
    """The folder of one kiosk and the places in it.

    Attributes:
        root: Absolute path; may not exist yet.
    """

    root: Path

    @property
    def site_file(self) -> Path:
        """What the administrator has set, see `kiosk.site`; on an installed machine a link to where that is edited."""
        return self.root / "site.toml"

    @property
    def screen_file(self) -> Path:
        """What was set on the screen itself, see `kiosk.setup`."""
        return self.root / "setup.toml"

    @property
    def kept_settings(self) -> Path:
        """Folder of the last good copies of both, see `kiosk.site`."""
        return self.root / "kept"

    @property
    def set_up(self) -> Path:
        """The marker: once it is there, nobody is asked how this kiosk is to be set up."""
        return self.root / "set-up"

    @property
    def backups(self) -> Path:
        """Folder of the daily backups of small files, see `kiosk.backup`."""
        return self.root / "backup"

    @property
    def indexes(self) -> Path:
        """Search indexes, which can be built again from the packs."""
        return self.root / "index"

    @property
    def log(self) -> Path:
        """Folder of the log files, see `kiosk.log`."""
        return self.root / "log"

    @property
    def pin(self) -> Path:
        """The clerk's PIN, hashed, see `kiosk.pin`."""
        return self.root / "clerk" / "pin.json"

    @property
    def unanswered(self) -> Path:
        """What was asked for and not found, see `kiosk.search.unanswered_file`."""
        return self.root / "unanswered.json"

    def create(self) -> None:
        """Make the folder if it is missing; others of this machine may not look into it.

        Raises:
            SiteError: It cannot be made, or it is no folder.
        """
        try:
            self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise SiteError(
                "不能建立存放数据的文件夹。",
                why=f"{self.root}：{error.strerror or error}",
                todo=f"请换一个位置：--home 文件夹，或设置 {HOME_VARIABLE}。",
            ) from error


def find_home(chosen: Path | None, environment: Mapping[str, str]) -> Home:
    """Return the home that was asked for.

    Args:
        chosen: What ``--home`` named; None if nothing.
        environment: Variables of the process.
    """
    if chosen is not None:
        return Home(chosen.expanduser().absolute())
    if named := environment.get(HOME_VARIABLE, ""):
        return Home(Path(named).expanduser().absolute())
    from platformdirs import user_data_path  # noqa: PLC0415 (a tenth of a second that most starts do not need)

    return Home(user_data_path("cunkou", appauthor=False).absolute())
