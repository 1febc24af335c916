"""A yes or no that somebody wrote down."""

_FLAGS = {
    **dict.fromkeys(("true", "t", "yes", "y", "on", "1"), True),
    **dict.fromkeys(("false", "f", "no", "n", "off", "0"), False),
}


def flag(text: str) -> bool:
    """What a text such as ``yes``, ``True`` or ``off`` says.

    Raises:
        ValueError: it says neither.
    """
    try:
        return _FLAGS[text.strip().casefold()]
    except KeyError:
        raise ValueError("it is neither True nor False") from None
