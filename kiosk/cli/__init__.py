"""The command ``cunkou``: everything that works without a screen."""
