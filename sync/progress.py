"""Progress and cancellation of work that brings packs here; the words live a floor below, where building uses them."""

from content_packs.progress import CancelToken, OnProgress, Progress, ignore_progress

__all__ = ["CancelToken", "OnProgress", "Progress", "ignore_progress"]
