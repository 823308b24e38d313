"""Put elements in order."""
