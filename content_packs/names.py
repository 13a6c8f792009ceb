"""The words of the domain that the screen's first frame needs, without the library that reads packs.

`content_packs.model` gives them on; only what is imported before anything is seen takes them from here.
"""

from enum import StrEnum
from typing import NamedTuple


class LifeStage(StrEnum):
    """Whom an item concerns: the row 按人找."""

    BIRTH = "birth"
    CHILD = "child"
    STUDENT = "student"
    WORKER = "worker"
    MARRIAGE = "marriage"
    FARMER = "farmer"
    HOUSING = "housing"
    PATIENT = "patient"
    DISABLED = "disabled"
    ELDER = "elder"
    VETERAN = "veteran"
    DEATH = "death"


class ItemRef(NamedTuple):
    """Which item of which pack; what the screen passes around."""

    pack: str
    id: str
