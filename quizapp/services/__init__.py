"""Use cases, and the doors through which protected rows are fetched."""
