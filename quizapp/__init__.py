"""Second Source: a course in reading the web like a fact-checker, and the school that runs it."""

__version__ = "0.1.0"
