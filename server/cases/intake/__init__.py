"""What comes in: a report as it was sent, checked whole, opened; and whole histories at once."""
