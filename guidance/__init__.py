"""What suits whom: pure decisions on profiles, options and dialogue."""
