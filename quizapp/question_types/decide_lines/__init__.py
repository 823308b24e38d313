"""Decide each line by the five verdicts or by choices of the author's."""
