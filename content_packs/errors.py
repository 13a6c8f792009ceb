"""The error tree of the whole application, by who must act.

::

    KioskError
    ├── PackError            the pack must be replaced or mended
    │   ├── PackFormatError      malformed source or release; names file and line where there is one
    │   ├── PackLimitError       larger than we accept
    │   ├── PackIntegrityError   a hash, a size or a blob does not fit
    │   └── PackVersionError     newer format, or older than what is installed
    ├── SourceError          cable, stick, network: try again
    ├── TrustError           signatures and dates: what came is not believed, what is installed goes on
    ├── CancelledError       somebody asked the work to stop: nothing is wrong
    └── SiteError            this machine: disk, printer, voice, settings

Each has a stable code that can be read over the telephone, and three parts: what happened, why, what to do now.
Everything else is a bug and is caught only by the application's crash hook.
"""

# mypy: disable-error-code="explicit-override"
# Everything imports this, the screen before its first frame too, and the module that brings `override` takes 3 ms.

from typing import ClassVar


class KioskError(Exception):
    """Something that went wrong and that somebody can mend.

    Args:
        what: What happened, one plain Chinese sentence for the clerk.
        why: The cause, for the clerk and the log; file and line where there is one.
        todo: What to do now.
        code: Overrides the class's code where one class has several causes, such as ``P-103``.
    """

    code: ClassVar[str] = "K-000"

    def __init__(self, what: str, *, why: str = "", todo: str = "", code: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.why = why
        self.todo = todo
        self.telephone_code = code or self.code

    def __str__(self) -> str:
        """Return the three parts and the code on one line."""
        parts = [self.what, self.why, self.todo]
        return " ".join(part for part in parts if part) + f" [{self.telephone_code}]"


class PackError(KioskError):
    """The pack must be replaced or mended by its publisher."""

    code = "P-100"


class PackFormatError(PackError):
    """A source or release that is not well formed."""

    code = "P-110"


class PackLimitError(PackError):
    """A source or release that is larger than we accept."""

    code = "P-120"


class PackIntegrityError(PackError):
    """Bytes that are not the ones that the manifest names."""

    code = "P-130"


class PackVersionError(PackError):
    """A format newer than this program, or a release older than the installed one."""

    code = "P-140"


class SourceError(KioskError):
    """Cable, stick or network: try again."""

    code = "S-200"


class TrustError(KioskError):
    """What came cannot be believed: unsigned, expired, older than what was seen, or not what was signed."""

    code = "T-400"


class CancelledError(KioskError):
    """Work that stopped because somebody asked it to; nothing was changed."""

    code = "K-010"


class SiteError(KioskError):
    """This machine: disk, printer, voice, settings."""

    code = "M-300"


class DiskFullError(SiteError):
    """There is not enough room on the volume that was written to."""

    code = "M-310"


class SettingsError(SiteError):
    """The site file cannot be used as it is."""

    code = "M-320"


class PrinterError(SiteError):
    """The printer did not take the page."""

    code = "M-330"


class VoiceError(SiteError):
    """No voice, or no sound device."""

    code = "M-340"
