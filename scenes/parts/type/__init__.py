"""What can be read: typesetting in process, and numbers as they are shown."""
