"""Six pages. How many sources?"""
