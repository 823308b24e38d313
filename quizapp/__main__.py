"""``python -m quizapp`` is the same as ``quizapp``."""

from quizapp.cli import main

main()
