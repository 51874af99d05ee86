"""What storyboards are made of: settings, number formatting, bound mobjects, the ledger."""
