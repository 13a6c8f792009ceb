"""The papers of the package: copyright, change log, bill of materials, manual pages. All pure: words in, text out."""

import hashlib
import json
import re
import textwrap
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime

COMMON_LICENCES = {
    "Apache-2.0": "Apache-2.0",
    "GPL-3.0-only": "GPL-3",
    "LGPL-3.0-only": "LGPL-3",
    "MPL-2.0": "MPL-2.0",
}
"""Which of Debian's own files below /usr/share/common-licenses holds the text."""

_HEAD = """\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: cunkou
Comment: The libraries below site-packages are as their authors published them, but for the files that
 packaging/deb/package.toml in the source leaves out. Qt and PySide6 are used under the LGPL, as separate
 libraries in PySide6/Qt/lib that may be replaced. espeak-ng (GPL-3+) is Debian's own package and runs in a
 process of its own."""
_NAMESPACE = uuid.UUID("6d0f2f0a-2f7e-5b0c-9a34-3f3b0a1f6c11")
_HOLDER = re.compile(r"^[^\w\n©(]*(?:copyright\b|©|\(c\)).*\d{4}.*$", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Library:
    """One library that is shipped.

    Attributes:
        name: As the package index knows it.
        version: The one that is locked.
        licence: An SPDX expression.
        folders: What it brings to site-packages, ordered.
        holders: Who signed as author, where the licence text names nobody.
        texts: Its licence files, ordered by name.
        digests: SHA-256 of its published archives, as locked.
    """

    name: str
    version: str
    licence: str
    folders: tuple[str, ...]
    holders: str
    texts: tuple[str, ...]
    digests: tuple[str, ...]


def copyright_page(libraries: Sequence[Library], site_packages: str, own_licence_holders: str) -> str:
    """Return debian/copyright in the machine-readable format: one paragraph a library, each licence text once."""
    told: dict[str, str] = {}
    paragraphs = [
        _HEAD,
        f"Files: *\nCopyright: {own_licence_holders}\nLicense: Apache-2.0",
    ]
    told["Apache-2.0"] = _common("Apache-2.0")
    for one in libraries:
        name = _licence_name(one)
        files = "\n ".join(f"{site_packages}/{folder}" for folder in one.folders)
        holders = "\n ".join(_holders(one))
        paragraphs.append(f"Files: {files}\nCopyright: {holders}\nLicense: {name}\nComment: {one.name} {one.version}")
        told.setdefault(name, _common(name) if name in COMMON_LICENCES else _indented("\n\n".join(one.texts)))
    paragraphs.append(
        f"Files: {site_packages}/qtawesome/fonts/materialdesignicons6-*\n"
        "Copyright: Pictogrammers and contributors, Google Inc.\nLicense: Apache-2.0\nComment: Material Design Icons"
    )
    if "LGPL-3.0-only" in told:
        told["GPL-3.0-only"] = _common("GPL-3.0-only") + "\n .\n The LGPL is written as additions to it."
    paragraphs += [f"License: {name}\n{text}" for name, text in told.items()]
    return "\n\n".join(paragraphs) + "\n"


def _licence_name(one: Library) -> str:
    """Return the licence's name; where its text is the library's own, the name says whose."""
    if one.licence in COMMON_LICENCES:
        return one.licence
    if not one.texts:
        raise ValueError(f"{one.name}: {one.licence}, and no text of it")
    mark = hashlib.sha256("\n\n".join(one.texts).encode()).hexdigest()[:8]
    return f"{one.licence.replace(' ', '-')}-{mark}"


def _common(name: str) -> str:
    return f" The full text is in /usr/share/common-licenses/{COMMON_LICENCES[name]} of every Debian system."


def _holders(one: Library) -> list[str]:
    found = [line.strip(" \t#*") for text in one.texts for line in _HOLDER.findall(text)]
    return list(dict.fromkeys(found)) or [one.holders or f"the authors of {one.name}"]


def _indented(text: str) -> str:
    return "\n".join(f" {line.rstrip()}" if line.strip() else " ." for line in text.strip().splitlines())


def changelog(markdown: str, version: str, maintainer: str, epoch: int) -> str:
    """Return the change log as Debian writes it, from the newest chapter of CHANGELOG.md."""
    chapter = re.split(r"^## .*$", markdown, flags=re.MULTILINE)[1]
    entries = re.split(r"^(?:- |(?=For \w+$))", chapter, flags=re.MULTILINE)
    lines = []
    for entry in (" ".join(entry.split()) for entry in entries):
        if re.fullmatch(r"For \w+", entry):
            lines.append(f"\n  [ {entry} ]")
        elif entry:
            lines += textwrap.wrap(entry, 76, initial_indent="  * ", subsequent_indent="    ")
    day = format_datetime(datetime.fromtimestamp(epoch, UTC))
    return f"cunkou ({version}) stable; urgency=medium\n" + "\n".join(lines) + f"\n\n -- {maintainer}  {day}\n"


def bill_of_materials(libraries: Sequence[Library], version: str, debian: Sequence[str], epoch: int) -> str:
    """Return what the package is made of as CycloneDX 1.5 in JSON; what Debian brings is named without a version."""
    components: list[Mapping[str, object]] = [
        {
            "type": "library",
            "bom-ref": f"pkg:pypi/{one.name}@{one.version}",
            "name": one.name,
            "version": one.version,
            "purl": f"pkg:pypi/{one.name}@{one.version}",
            "licenses": [{"expression": one.licence}],
            "scope": "required",
            "externalReferences": [
                {
                    "type": "distribution",
                    "url": f"https://pypi.org/project/{one.name}/{one.version}/",
                    "hashes": [{"alg": "SHA-256", "content": digest} for digest in one.digests],
                }
            ],
        }
        for one in libraries
    ]
    components += [
        {"type": "library", "bom-ref": f"pkg:deb/debian/{name}", "name": name, "purl": f"pkg:deb/debian/{name}"}
        for name in (line.split()[0] for line in debian)
    ]
    refs = [str(component["bom-ref"]) for component in components]
    own = f"pkg:generic/cunkou@{version}"
    body: dict[str, object] = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": {
                "type": "application",
                "bom-ref": own,
                "name": "cunkou",
                "version": version,
                "licenses": [{"license": {"id": "Apache-2.0"}}],
            },
        },
        "components": components,
        "dependencies": [{"ref": own, "dependsOn": refs}],
    }
    body["serialNumber"] = f"urn:uuid:{uuid.uuid5(_NAMESPACE, json.dumps(body, sort_keys=True))}"
    return json.dumps(body, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def manual_page(template: str, version: str, epoch: int, commands: Mapping[str, str]) -> str:
    """Return a manual page: its template with day, version and the list of commands."""
    listed = "\n".join(f".TP\n.B {_roff(name)}\n{_roff(meaning)}" for name, meaning in commands.items())
    day = datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%d")
    return template.replace("@COMMANDS@", listed).replace("@VERSION@", version).replace("@DAY@", day)


def _roff(text: str) -> str:
    return text.replace("\\", "\\\\").replace("-", "\\-")
