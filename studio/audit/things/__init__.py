"""How each kind of thing is audited: a file for one kind, or for a few that are much alike."""
