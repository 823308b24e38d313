"""The gallery of exercise types, in development and in the demo school."""
