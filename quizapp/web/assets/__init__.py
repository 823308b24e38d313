"""Pictures of lessons, by the hash of their bytes."""
