"""The workshop: render many clips, and check what a settings file asks for. It may import the scenes and the core."""
