"""How word lists are written down in the code: as text, parted by blanks."""


def listed(text: str) -> frozenset[str]:
    """The words of `text`."""
    return frozenset(text.split())
