"""A small newspaper page, set anew by the student's verdicts."""
