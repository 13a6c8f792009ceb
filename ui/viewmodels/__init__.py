"""One view model per page: keeps one frozen state, tells QML what changed. QML shows, Python decides."""
