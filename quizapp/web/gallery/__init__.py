"""The gallery of exercise types, in development only."""
