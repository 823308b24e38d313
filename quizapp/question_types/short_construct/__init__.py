"""Write in your own words; a person marks it."""
