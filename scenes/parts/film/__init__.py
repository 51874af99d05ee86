"""The finished film: ledger, video file, subtitles, chapters."""
