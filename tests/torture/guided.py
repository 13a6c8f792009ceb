"""One parser under atheris: ``python -m tests.torture.guided NAME FOLDER SECONDS CORPUS``."""

import shutil
import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["content_packs", "sync", "kiosk"]):
    from tests.torture.fuzz import INPUT_S
    from tests.torture.parsers import parsers


def main() -> None:
    """Look for inputs that the parser does not bear; never returns."""
    name, folder, seconds, corpus = sys.argv[1], Path(sys.argv[2]), sys.argv[3], sys.argv[4]
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (parser,) = (one for one in parsers(folder) if one.name == name)

    def one_input(data: bytes) -> None:
        if why := parser.stands(data):
            raise RuntimeError(f"{why}, at {data[:300]!r}")

    limits = [f"-max_total_time={seconds}", f"-timeout={INPUT_S}", "-rss_limit_mb=1500", "-max_len=8192"]
    atheris.Setup([sys.argv[0], *limits, "-print_final_stats=1", f"-artifact_prefix={folder}/", corpus], one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
