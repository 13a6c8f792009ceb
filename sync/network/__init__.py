"""A repository on a web server: plain static files over HTTP(S), on lines that break.

Nothing that the server says is believed: no redirect is followed (a captive portal, or somebody who wants us
elsewhere), no compression is undone, no length is trusted beyond what was asked. What is fetched is proved elsewhere by
signature or hash, so that plain HTTP and any mirror will do. A broken connection is taken up again at the byte.
"""

from sync.network.server import HttpSource
from sync.network.wire import Line

__all__ = ["HttpSource", "Line"]
