"""Which syllables count as the same sound: what ears and tongues of the countryside do not tell apart. Pure."""

from functools import lru_cache

_INITIALS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"))
_HU = {"hu": "fu", "hui": "fei", "hun": "fen", "huo": "fo"}


@lru_cache(maxsize=1024)  # there are some 420 syllables
def fold_syllable(syllable: str) -> str:
    """Return what a toneless syllable is compared as: zh=z, ch=c, sh=s, n=l, hu=f, ng=n, v=u."""
    folded = syllable.replace("v", "u")
    for written, heard in _INITIALS:
        if folded.startswith(written) and len(folded) > len(written):
            folded = heard + folded[len(written) :]
            break
    if folded.startswith("hua"):
        folded = "fa" + folded[3:]
    folded = _HU.get(folded, folded)
    return folded.removesuffix("g") if folded.endswith("ng") else folded
