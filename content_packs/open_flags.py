"""Flags for os.open that one system has and another lacks: 0 there, which changes nothing."""

import os

NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
"""A symbolic link is refused."""
NO_WAIT = getattr(os, "O_NONBLOCK", 0)
"""A pipe with nobody at its other end does not hang whoever opens it."""
NOT_FOR_CHILDREN = getattr(os, "O_CLOEXEC", 0)
"""A child process does not inherit it; where the flag is absent, Python sees to that."""
A_FOLDER = getattr(os, "O_DIRECTORY", 0)
"""Anything but a folder is refused."""
