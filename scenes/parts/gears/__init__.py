"""The geometry of the gears: pure arrays, no manim. Lengths in frame units, angles in radians, counter-clockwise."""
