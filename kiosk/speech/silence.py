"""How much silence stands before and after the words of a spoken sentence: pure."""

from array import array

QUIET_LEVEL = 200
"""Samples below this, of 32,767, are not heard."""
LEAD_S = 0.01
TAIL_S = 0.09
"""Lead and tail together are the pause between two sentences."""


def trimmed(samples: "array[int]", rate_hz: int) -> "array[int]":
    """Return the samples with little silence before and after the words; none if there are no words."""
    loud = [at for at in range(0, len(samples), 8) if abs(samples[at]) > QUIET_LEVEL]
    if not loud:
        return array("h")
    return samples[max(loud[0] - int(LEAD_S * rate_hz), 0) : loud[-1] + int(TAIL_S * rate_hz)]
