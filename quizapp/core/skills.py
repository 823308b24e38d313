"""The skills that everything is filed under: three strands of five."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Strand(StrEnum):
    """The three things that are taught."""

    SOURCING = "sourcing"
    ANONYMITY = "anonymity"
    PROMOTIONAL_VIDEO = "promotional-video"


@dataclass(frozen=True, slots=True)
class Skill:
    """One skill; its id is stable and never used again once retired."""

    id: str
    strand: Strand
    name: str
    ability: str
    definition: str
    evidence: str
    needs: tuple[str, ...] = ()
