"""Phone numbers as they are read."""


def spaced(number: str) -> str:
    """160 0000 0101, so that it can be read aloud; short and masked numbers stay as they are."""
    if len(number) == 11 and number.isdigit():
        return f"{number[:3]} {number[3:7]} {number[7:]}"
    return number
