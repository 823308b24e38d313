"""The doors: the only way to fetch a protected row. Not allowed and not there answer alike."""
