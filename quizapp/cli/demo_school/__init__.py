"""Harbour Lane School, the demo: who is in it, what they did, and the file of content that only it loads."""
