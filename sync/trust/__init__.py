"""Whom to believe: the TUF client with our own rules of time, and the roots it starts from."""
