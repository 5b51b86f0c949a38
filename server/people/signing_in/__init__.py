"""Coming in: by phone and code, by name and password, as a persona; sessions; the second factor."""
