"""The components in use, for those who build pages."""
