"""Whose is this now: from what the law says to the post or unit that takes it."""
