"""A drawn page whose parts are named."""
