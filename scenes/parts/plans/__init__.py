"""What the settings of a clip plan of each wheel and rack that it may show: outline, place, what it turns by."""
