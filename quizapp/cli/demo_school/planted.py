"""The pack that only the demo loads: one quiz with one question whose key is wrong on purpose.

It lies beside this file. `quizapp content check` reads what schools get, and never this.
"""

from __future__ import annotations

from pathlib import Path

PACK = Path(__file__).parent / "pack"
PLANTED_QUIZ = "demo:notice-board"
PLANTED_QUESTION = "demo:notice-date"
AWAY_FROM_THE_KEY = "b"
"""What is right, and is not the key."""
THE_OTHERS_CHOOSE = ("a", "a", "c")
"""What is chosen by those who are not among the strongest: mostly the key."""
