"""PySide without what it can tell about its own functions: that comes when somebody asks, not with every start.

For messages about wrong arguments, `help` and signatures, PySide carries 2,800 lines of Python, packed as source, which
every process unpacks and compiles anew before QtCore is there. Shiboken writes a function ``bootstrap`` into a module,
and asks the module for it; here the answer is one of ours, which brings nothing yet. The first wrong call brings it
all, and is told in PySide's own words. `PySide6.support.signature` is there from then on.

PySide's features (``from __feature__ import …``) do not come with it: to find who uses them, PySide reads the source of
every module that is imported, and Python keeps what was read. Nothing here uses them.
"""

import sys
from _thread import RLock
from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any, Final

_PACKAGE: Final = "shiboken6"
_KNOWN_RELEASE: Final = "libshiboken6.abi3.so.6.8"
"""The library whose way to start is known here. Any other one starts as it likes."""

_WRITTEN_INTO: Final = "signature_bootstrap"
_TYPES: Final = "shibokensupport.signature.mapping"
"""The module in whose names Shiboken looks up the class of a function that was called in a wrong way."""

_BRING_TYPES: Final = "update_mapping"
"""The function in it that Shiboken calls before each such look."""

_ANSWERS: Final = (
    "create_signature",
    "feature_import",
    "feature_imported",
    "pyside_type_init",
    "seterror_argument",
)
"""What Shiboken calls by name when it wants to know something."""

_HELP: Final = "make_helptext"

_ONLY_TO_UNPACK: Final = ("base64", "tempfile", "textwrap", "traceback", "zipfile")
"""Imported by name at Shiboken's start, used when it unpacks."""


class _Bootstrap(ModuleType):
    """The module that Shiboken writes into. What was written lies in its dictionary; who asks is answered with ours.

    Attributes:
        types: Stands for the types until they have been brought. Shiboken keeps a pointer to it and does not count it.
    """

    def __init__(self) -> None:
        super().__init__(_WRITTEN_INTO)
        self.types = ModuleType(_TYPES)
        self._brings = RLock()
        vars(self.types)[_BRING_TYPES] = self._bring_types

    @property
    def bootstrap(self) -> Callable[[], ModuleType]:
        """What Shiboken calls for its answers."""
        return self._answers

    def _answers(self) -> ModuleType:
        answers = ModuleType("answers_when_asked")
        vars(answers).update({name: self._answer(name) for name in _ANSWERS})
        vars(answers).update({_HELP: self._help, "finish_import": _nothing_to_finish, "post_init": _nothing_to_finish})
        return answers

    def _answer(self, name: str) -> Callable[..., object]:
        def answer(*asked: object) -> object:
            with self._brings:
                known = _brought(self)[name]
            return known(*asked)

        return answer

    def _help(self, function: object) -> object:
        """Return the text on a function. Shiboken asks for each text that anybody reads, numpy's for instance."""
        if vars(self)["get_signature"](function) is None:  # not one of PySide's
            return function.__doc__
        return self._answer(_HELP)(function)

    def _bring_types(self) -> None:
        with self._brings:  # PySide lets a second thread look before the first has brought
            brought = vars(_brought(self)["mapping"])
            brought[_BRING_TYPES]()
            vars(self.types).update({**brought, _BRING_TYPES: self._bring_types})


def _nothing_to_finish(*_: ModuleType) -> None:
    """Mends deprecated functions in other releases, and tells ``import`` of features."""


@cache
def _brought(written: _Bootstrap) -> dict[str, Any]:
    """Return PySide's own answers, by name, and what they rest on."""
    names = vars(written)
    names.update({name: import_module(name) for name in _ONLY_TO_UNPACK if name in names})
    brought: ModuleType = names["bootstrap"]()
    return vars(brought)


def import_light() -> bool:
    """Import what PySide rests on, light if it is the release that is known; return whether it is light.

    Too late once PySide is there. To be called before there is a second thread that imports.
    """
    spec = find_spec(_PACKAGE)
    folders = spec.submodule_search_locations if spec else None
    if _PACKAGE in sys.modules or not any(Path(folder, _KNOWN_RELEASE).exists() for folder in folders or ()):
        return False
    written = _Bootstrap()
    sys.modules.update({_WRITTEN_INTO: written, _TYPES: written.types})
    stand_ins = {name: ModuleType(name) for name in _ONLY_TO_UNPACK if name not in sys.modules}
    sys.modules.update(stand_ins)
    try:
        import_module(_PACKAGE)
    finally:
        for name in stand_ins:
            del sys.modules[name]
    return True
