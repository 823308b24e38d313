"""The pages: parse a request, call one use case, render."""
