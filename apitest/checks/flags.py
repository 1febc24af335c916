"""A yes or no that a sentence gives as a text."""

from apitest.documents.display import cut
from apitest.errors import BadValue

_FLAGS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


def flag(value: object, what: str) -> bool:
    """A yes or no, as True and False in any spelling.

    Raises:
        BadValue: it is neither; the error says of what.
    """
    if isinstance(value, bool):
        return value
    known = _FLAGS.get(str(value).strip().casefold())
    if known is None:
        raise BadValue(f"{what} must be True or False, not {cut(str(value))}", fix="Write True or False.")
    return known
