"""The stage: each file here is a storyboard that `manim` renders; what storyboards are made of is in `parts`."""
