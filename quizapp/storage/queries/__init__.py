"""Reads that two callers share or a page renders."""
