"""What only a radio needs is not loaded with the loudspeaker."""

import subprocess
import sys

from kiosk.speech.without_radio import without_radio


def test_the_loudspeaker_brings_no_internet_into_the_process():
    script = (
        "import sys\nimport kiosk.speech.player\n"
        "print(sorted({'urllib.request', 'http.client', 'email.message', 'ssl'} & set(sys.modules)))\n"
        "import urllib.request\nprint(urllib.request.Request.__name__)"
    )
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert answer.stdout.splitlines() == ["[]", "Request"]


def test_what_is_loaded_already_stays_as_it_is():
    import urllib.request  # noqa: PLC0415 (this is what the test is about)

    true_one = sys.modules["urllib.request"]
    with without_radio():
        assert sys.modules["urllib.request"] is true_one
    assert sys.modules["urllib.request"] is true_one is urllib.request
