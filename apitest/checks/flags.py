"""A yes or no that a sentence gives as a text."""

from apitest.errors import BadValue
from apitest.language import flags
from apitest.language.shortening import cut


def flag(value: object, what: str) -> bool:
    """A yes or no, as True and False in any spelling.

    Raises:
        BadValue: it is neither; the error says of what.
    """
    if isinstance(value, bool):
        return value
    try:
        return flags.flag(str(value))
    except ValueError:
        raise BadValue(f"{what} must be True or False, not {cut(str(value))}", fix="Write True or False.") from None
