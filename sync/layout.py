"""Where things lie in a repository, and which region may sign what: pure.

A repository is a folder of static files, the same on a web server and on a stick::

    REPO/metadata/N.root.json timestamp.json N.snapshot.json N.targets.json N.<role>.json   TUF, consistent snapshots
    REPO/targets/packs/35/3501/350122/<sha256>.<pack id>.json      manifests, the only TUF targets
    REPO/bundles/<16 hex>.bundle                                   named and hashed by manifests

A manifest names every bundle and blob by hash, so that bundles need no metadata of their own and any number of releases
share them. A manifest's target path holds the region that answers for the pack, one folder for each step down the
region tree; a delegation to a region covers that folder and everything below, as one pattern for each depth because
``*`` does not cross ``/`` (TUF specification, section 4.5, `paths`). A delegated role is called by its region's code.
"""

import re

from content_packs.model import ID_PATTERN

METADATA = "metadata"
TARGETS = "targets"
BUNDLES = "bundles"

STICK_FOLDER = "cunkou"
"""Folder of a stick that holds repositories, each in a folder of its name."""

RECEIPTS_FOLDER = "cunkou-receipts"
"""Folder of a stick into which kiosks write what they took."""

NATION = "0"
_STEPS = (2, 4, 6, 9, 12)
"""Digits of a province, prefecture, county, township and village (GB/T 2260, GB/T 10114)."""

_PACKS = "packs"
_SUFFIX = ".json"
_REGION = re.compile(r"0|\d{2}|\d{4}|\d{6}|\d{9}|\d{12}", re.ASCII)


def is_region(code: str) -> bool:
    """Whether this is ``0`` for the nation, or a code of 2, 4, 6, 9 or 12 digits."""
    return _REGION.fullmatch(code) is not None and (code == NATION or not code.startswith("0"))


def region_chain(code: str) -> tuple[str, ...]:
    """Return the regions that contain a region, the widest first and itself last; the nation contains all.

    ``350122`` gives ``("0", "35", "3501", "350122")``.
    """
    return (NATION, *(code[:digits] for digits in _STEPS if digits <= len(code)))


def target_path(region: str, pack_id: str) -> str:
    """Return the TUF target path of a pack's manifest; ``packs/35/3501/cn-health.json``."""
    return "/".join((_PACKS, *region_chain(region)[1:], pack_id)) + _SUFFIX


def parse_target_path(path: str) -> tuple[str, str] | None:
    """Return region and pack id of a target path; None if it is not one that `target_path` makes."""
    folder, _, name = path.rpartition("/")
    region = folder.rpartition("/")[2] if folder != _PACKS else NATION
    pack_id = name.removesuffix(_SUFFIX)
    if not (is_region(region) and re.fullmatch(ID_PATTERN, pack_id)):
        return None
    return (region, pack_id) if target_path(region, pack_id) == path else None


def delegated_patterns(region: str) -> tuple[str, ...]:
    """Return the path patterns of a delegation to a region: its own packs, and those of all regions within it."""
    folder = "/".join((_PACKS, *region_chain(region)[1:]))
    depths = len(_STEPS) - len(region_chain(region)[1:]) + 1
    return tuple(f"{folder}/" + "*/" * depth + f"*{_SUFFIX}" for depth in range(depths))


def serves(offered_for: str, kiosk_region: str) -> bool:
    """Whether a pack of one region is meant for a kiosk that stands in another."""
    return offered_for in region_chain(kiosk_region)


def bundle_path(name: str) -> str:
    """Return a bundle's path within the repository."""
    return f"{BUNDLES}/{name}"


def manifest_path(target: str, sha256: str) -> str:
    """Return a manifest's path within the repository; TUF puts the hash before the name (specification, 6.2)."""
    folder, _, name = target.rpartition("/")
    return f"{TARGETS}/{folder}/{sha256}.{name}"
