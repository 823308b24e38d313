"""A picture with numbered spots."""
