"""What tests start beside the program: a browser and a database server."""
