"""How large a repository's metadata may be: every limit with its unit. A publisher is held to the same ones."""

from content_packs.limits import KIB, MIB

ROOT_BYTES = 128 * KIB
TIMESTAMP_BYTES = 16 * KIB
SNAPSHOT_BYTES = 1 * MIB
"""Room for the versions of 30,000 roles."""

TARGETS_BYTES = 1 * MIB
"""Of one role: some 2,000 packs, or delegations to 1,500 regions."""

DELEGATIONS = 2_000
"""Of one role; a province has some 100 counties, a county some 30 townships."""

PATTERNS = 16
"""Of one delegation."""

PACKS = 1_000
"""Signed by one role, for one kiosk."""

ROOT_STEPS = 256
"""New roots in one refresh."""

ROLES_VISITED = 32
"""In the search for one target; TUF calls it the maximum number of delegations."""

REVOKED = 10_000
"""Releases that one role may take back."""

COMPARISONS = 300_000
"""Of paths with patterns in one refresh, a second or a few; a province with 2,000 packs takes 15,000."""
