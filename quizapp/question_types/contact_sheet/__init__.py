"""The contact sheet: what a reel of real frames leaves out."""
