"""The names of the five verdicts: the only scale on which a claim is judged."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from quizapp.core.messages import Message
from quizapp.core.questions import Verdict

VERDICT_LABELS: Mapping[Verdict, Message] = MappingProxyType(
    {
        Verdict.BACKED: Message("Backed up"),
        Verdict.CLAIMED: Message("Claimed, not checked"),
        Verdict.UNSOURCED: Message("No source given"),
        Verdict.CONTRADICTED: Message("Contradicted"),
        Verdict.VIEW: Message("Not a fact to check"),
    }
)
