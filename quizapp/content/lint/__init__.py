"""The rules that content obeys, one function each."""
