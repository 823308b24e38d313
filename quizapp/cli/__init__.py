"""The command line: ``quizapp``."""

from quizapp.cli.main import main

__all__ = ["main"]
