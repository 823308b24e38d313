"""Read sideways: open pages of a search, cite two, and judge a claim."""
