"""Finding items: one index per installed pack, built on the kiosk. Importing this loads neither numpy nor Whoosh."""

from kiosk.search.searcher import Searcher

__all__ = ["Searcher"]
