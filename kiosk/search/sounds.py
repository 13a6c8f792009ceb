"""Which syllables count as the same sound: what ears and tongues of the countryside do not tell apart. Pure."""

from collections.abc import Iterable
from functools import lru_cache

_INITIALS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"))
_HU = {"hu": "fu", "hui": "fei", "hun": "fen", "huo": "fo", "fui": "fei", "fun": "fen", "fuo": "fo"}


@lru_cache(maxsize=1024)  # there are some 420 syllables
def fold_syllable(syllable: str) -> str:
    """Return what a toneless syllable is compared as: zh=z, ch=c, sh=s, n=l, hu=f, ng=n, v=u."""
    folded = syllable.replace("v", "u")
    for written, heard in _INITIALS:
        if folded.startswith(written) and len(folded) > len(written):
            folded = heard + folded[len(written) :]
            break
    if folded.startswith(("hua", "fua")):
        folded = "fa" + folded[3:]
    folded = _HU.get(folded, folded)
    return folded.removesuffix("g") if folded.endswith("ng") else folded


def slurred(syllables: Iterable[str]) -> frozenset[str]:
    """Return how people spell syllables who hear no difference between some sounds: lon for long, fun for hun."""
    known = frozenset(syllables)
    found: set[str] = set()
    for syllable in known:
        forms = {syllable}
        for first, second in (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"), ("l", "n"), ("z", "zh"), ("r", "l")):
            if syllable.startswith(first):
                forms.add(second + syllable[len(first) :])
        if syllable.startswith("hu"):
            forms.add("f" + syllable[1:])
        for form in tuple(forms):
            if form.endswith("n"):
                forms.add(form + "g")
            elif form.endswith("ng"):
                forms.add(form[:-1])
        found |= forms
    return frozenset(found - known)
