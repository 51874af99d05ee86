"""Measurements of the core and of the stage, each against a bar: `make bench`."""
