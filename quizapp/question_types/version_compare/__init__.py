"""Two versions of a text, and which of their differences change the meaning."""
