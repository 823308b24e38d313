"""Pick one of three options."""
