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
    "CC0-1.0": "CC0-1.0",
    "GPL-2.0-or-later": "GPL-2",
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


@dataclass(frozen=True, slots=True)
class Part:
    """What somebody else has written and a library's publisher has compiled into a file, or put beside it.

    Attributes:
        file: Pattern below site-packages.
        name: As its authors call it.
        version: Or "" where the publisher does not tell.
        licence: An SPDX expression, or ``public-domain``.
        holders: Of the rights.
        text: Of the licence, or where it is.
    """

    file: str
    name: str
    version: str
    licence: str
    holders: str
    text: str


def copyright_page(
    libraries: Sequence[Library], site_packages: str, own_licence_holders: str, parts: Sequence[Part] = ()
) -> str:
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
    publishers = {folder.split("/")[0]: one for one in libraries for folder in one.folders}
    for file in dict.fromkeys(part.file for part in parts):
        inside = [part for part in parts if part.file == file]
        publisher = publishers.get(file.split("/")[0])
        named = [f"{part.name} {part.version}".strip() for part in inside]
        holders = [*(_holders(publisher) if publisher else ()), *(part.holders for part in inside)]
        licences = [*([_licence_name(publisher)] if publisher else ()), *(_part_licence(part) for part in inside)]
        paragraphs.append(
            f"Files: {site_packages}/{file}\nCopyright: {_lines(holders)}\n"
            f"License: {' and '.join(dict.fromkeys(licences))}\nComment: holds {', '.join(named)}"
        )
        for part in inside:
            name = _part_licence(part)
            told.setdefault(name, _common(name) if name in COMMON_LICENCES else _indented(part.text))
    if "LGPL-3.0-only" in told:
        told["GPL-3.0-only"] = _common("GPL-3.0-only") + "\n .\n The LGPL is written as additions to it."
    paragraphs += [f"License: {name}\n{text}" for name, text in told.items()]
    return "\n\n".join(paragraphs) + "\n"


def _part_licence(part: Part) -> str:
    """Return the licence's name in one word, as Debian wants it."""
    return part.licence.replace(" ", "-")


def _lines(texts: Sequence[str]) -> str:
    return "\n ".join(dict.fromkeys(texts))


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


def bill_of_materials(
    libraries: Sequence[Library], version: str, debian: Sequence[str], epoch: int, parts: Sequence[Part] = ()
) -> str:
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
    components += [_inside(part) for part in parts]
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


def _inside(part: Part) -> Mapping[str, object]:
    """Return the component for what is compiled into a file; which file, is a property."""
    component: dict[str, object] = {
        "type": "library",
        "bom-ref": f"inside:{part.file}:{part.name}",
        "name": part.name,
        "licenses": [
            {"license": {"name": "public domain"}} if part.licence == "public-domain" else {"expression": part.licence}
        ],
        "copyright": part.holders,
        "properties": [{"name": "cunkou:file", "value": part.file}],
    }
    return {**component, "version": part.version} if part.version else component


def manual_page(template: str, version: str, epoch: int, commands: Mapping[str, str]) -> str:
    """Return a manual page: its template with day, version and the list of commands."""
    listed = "\n".join(f".TP\n.B {_roff(name)}\n{_roff(meaning)}" for name, meaning in commands.items())
    day = datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%d")
    return template.replace("@COMMANDS@", listed).replace("@VERSION@", version).replace("@DAY@", day)


def _roff(text: str) -> str:
    return text.replace("\\", "\\\\").replace("-", "\\-")
