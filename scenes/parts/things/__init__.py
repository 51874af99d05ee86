"""Everything that can stand on the stage: lettering and bound mobjects, each able to say what it shows."""
