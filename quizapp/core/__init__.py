"""Values and rules of the course and the school; standard library only."""
