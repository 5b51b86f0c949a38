"""What must be new each time a recorded write is sent again."""


class Once(str):
    """In place of a recorded value that is unique: a case, a number, an id or a text."""
