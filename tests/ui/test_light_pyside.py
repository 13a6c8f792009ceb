"""PySide without what it can tell about its own functions, beside PySide as it is."""

import subprocess
import sys

import pytest

LIGHT = "from ui import light_pyside\nassert light_pyside.import_light()\n"
NOTHING_BROUGHT = "import sys\nassert not any(name == 'shibokensupport' for name in sys.modules)\n"
ALL_BROUGHT = "import sys\nassert 'shibokensupport.signature.errorhandler' in sys.modules\n"

WRONG = {
    "a class": "QSize('far')",
    "a function of a module": "qInstallMessageHandler(1, 2)",
    "a method": "QPoint(1, 2).setX('far')",
    "a method of nothing": "QPoint.setX()",
    "a class method": "QTimer.singleShot('soon')",
    "a keyword": "QPoint(1, z=2)",
    "a property": "QObject(colour=3)",
    "a signal": "QTimer().timeout.connect(3)",
    "another library": "QImage(1, 'a', 3, 4, 5)",
    "help": "print(QPoint.setX.__doc__)",
}
ASK = """
from PySide6.QtCore import QObject, QPoint, QSize, QTimer, qInstallMessageHandler
from PySide6.QtGui import QImage
try:
    {wrong}
except Exception as error:
    print(type(error), error)
"""


def told(script):
    """Return what a new Python says to a script, and let it end well."""
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_whatever_is_asked_first_is_told_in_the_words_of_pyside(wrong):
    ask = ASK.format(wrong=wrong)
    assert told(LIGHT + ask) == told(ask) != ""


def test_what_is_asked_later_is_told_as_well():
    """Also of a library that is imported after the first question."""
    later = "from PySide6.QtNetwork import QHostAddress\n" + ASK.format(wrong="QHostAddress(object())")
    ask = "".join(ASK.format(wrong=wrong) for wrong in WRONG.values()) + later
    answer = told(LIGHT + ask + ALL_BROUGHT)
    assert answer == told(ask)
    assert "PySide6.QtNetwork.QHostAddress" in answer


def test_nothing_is_brought_before_somebody_asks():
    libraries = "from PySide6 import QtCore, QtGui, QtQml, QtQuick\n"
    own = "class Own(QtCore.QObject):\n    said = QtCore.Signal()\nown = Own()\nown.said.connect(print)\n"
    told(LIGHT + libraries + own + NOTHING_BROUGHT + "assert not {'zipfile', 'tempfile'} & set(sys.modules)\n")
    told(libraries + "import sys\nassert 'shibokensupport' in sys.modules, 'else the line above proves nothing'")


def test_texts_of_others_are_given_without_bringing_it():
    """Shiboken is asked for every text on a function of any library; numpy reads its own as it is imported."""
    others = "import PySide6.QtCore\nimport numpy\nprint(numpy.dtype.__ge__.__doc__, len.__doc__, str.join.__doc__)\n"
    assert told(LIGHT + others + NOTHING_BROUGHT) == told(others)


def test_what_stood_in_for_a_library_of_python_has_gone():
    told(LIGHT + "import base64, tempfile, textwrap, traceback, zipfile\n" + "zipfile.ZipFile, tempfile.mkdtemp\n")


def test_threads_that_ask_at_once_are_all_told():
    ask = (
        "from concurrent.futures import ThreadPoolExecutor\nfrom PySide6.QtCore import QSize\n"
        "def ask(_):\n    try:\n        QSize('far')\n    except TypeError as error:\n        return str(error)\n"
    )
    many = "with ThreadPoolExecutor(8) as pool:\n    print(set(pool.map(ask, range(64))))\n"
    assert told(LIGHT + ask + many) == told(ask + "print({ask(0)})\n")


def test_it_is_too_late_once_pyside_is_there():
    told("import PySide6.QtCore\nfrom ui import light_pyside\nassert not light_pyside.import_light()")


def test_a_release_that_is_not_known_starts_as_it_likes():
    other = "from ui import light_pyside\nlight_pyside._KNOWN_RELEASE = 'of another day'\n"
    told(other + "assert not light_pyside.import_light()\nimport PySide6.QtCore\n" + ALL_BROUGHT)
