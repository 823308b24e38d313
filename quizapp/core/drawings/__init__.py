"""Drawings of lessons: what an author says is to be drawn, and where each line of it stands."""
