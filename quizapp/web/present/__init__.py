"""Lessons on the projector, the teacher's prompter beside it, and lessons on paper."""
