"""Verdict and confidence in one tap."""
