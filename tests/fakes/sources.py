"""Sources that pass on what another one gives, and watch or bend it on the way."""

from contextlib import contextmanager


class Counting:
    """Passes everything on and adds up which bytes of bundles were handed out."""

    def __init__(self, source):
        self._source = source
        self.handed: list[tuple[str, int, int]] = []
        self.label, self.is_stick = source.label, source.is_stick

    def fetch(self, path, limit):
        return self._source.fetch(path, limit)

    @contextmanager
    def open_range(self, path, start, length, validator):
        with self._source.open_range(path, start, length, validator) as reply:
            yield _Counted(reply, path, self.handed)


class _Counted:
    def __init__(self, reply, path, handed):
        self._reply, self._path, self._handed = reply, path, handed
        self.start, self.validator = reply.start, reply.validator

    def chunks(self):
        position = self.start
        for chunk in self._reply.chunks():
            self._handed.append((self._path, position, position + len(chunk)))
            position += len(chunk)
            yield chunk


class InPieces(Counting):
    """Hands out small pieces, as a slow line does."""

    def __init__(self, source, size):
        super().__init__(source)
        self._size = size

    @contextmanager
    def open_range(self, path, start, length, validator):
        with self._source.open_range(path, start, length, validator) as reply:
            yield _Cut(reply, self._size)


class _Cut:
    def __init__(self, reply, size):
        self.start, self.validator, self._reply, self._size = reply.start, reply.validator, reply, size

    def chunks(self):
        for chunk in self._reply.chunks():
            for at in range(0, len(chunk), self._size):
                yield chunk[at : at + self._size]
