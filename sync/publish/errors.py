"""What can go wrong on the publisher's side."""

from content_packs.errors import KioskError


class PublishError(KioskError):
    """A repository, a key or a release that cannot be used as it is; the publisher must act."""

    code = "U-500"
