"""Pictures that several storyboards share, placed by hand."""
