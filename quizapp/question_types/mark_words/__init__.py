"""A passage in which phrases are marked."""
