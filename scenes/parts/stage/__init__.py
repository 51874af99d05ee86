"""The stage: beats, motions, guard, record, and the clips of a storyboard."""
