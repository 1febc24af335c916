"""Of what type a value is, and in what form."""

from apitest import checks
from apitest.checks.flags import flag
from apitest.steps.predicates.predicate import predicate
from apitest.steps.subjects.found import Found
from apitest.steps.subjects.subject import Kind


@predicate("is any string", of=Kind.TYPE, since="24.10.1")
def is_any_string(found: Found) -> None:
    """Checks that the value is a text, whichever.

    Example:
        is any string
    """
    checks.is_any(found.value, "string", found.place)


@predicate("is any integer", of=Kind.TYPE, since="1.8")
def is_any_integer(found: Found) -> None:
    """Checks that the value is an integer, whichever; 1.0 and true are not integers.

    Example:
        is any integer
    """
    checks.is_any(found.value, "integer", found.place)


@predicate("is any float", of=Kind.TYPE, since="1.8")
def is_any_float(found: Found) -> None:
    """Checks that the value is a number with a decimal point, whichever; 1 has none.

    Example:
        is any float
    """
    checks.is_any(found.value, "float", found.place)


@predicate("is any number", of=Kind.TYPE)
def is_any_number(found: Found) -> None:
    """Checks that the value is a number, with a decimal point or without.

    Example:
        is any number
    """
    checks.is_any(found.value, "number", found.place)


@predicate("is any bool", "is any Boolean", of=Kind.TYPE, since="1.12")
def is_any_bool(found: Found) -> None:
    """Checks that the value is true or false.

    Example:
        is any bool
    """
    checks.is_any(found.value, "bool", found.place)


@predicate("is any list", of=Kind.TYPE, since="24.10.1")
def is_any_list(found: Found) -> None:
    """Checks that the value is a list, be it empty.

    Example:
        is any list
    """
    checks.is_any(found.value, "list", found.place)


@predicate("is any dict", of=Kind.TYPE, since="24.10.1")
def is_any_dict(found: Found) -> None:
    """Checks that the value is a dict, be it empty.

    Example:
        is any dict
    """
    checks.is_any(found.value, "dict", found.place)


@predicate("is any UUID4", of=Kind.TEXT, since="24.10.1")
def is_any_uuid4(found: Found) -> None:
    """Checks that the text is a UUID of version 4.

    Example:
        is any UUID4
    """
    checks.is_any(found.value, "UUID4", found.place)


@predicate("is a uuid", of=Kind.TEXT, since="24.10.1")
def is_a_uuid(found: Found) -> None:
    """Checks that the text is a UUID of any version.

    Example:
        is a uuid
    """
    checks.is_uuid(found.value, found.place)


@predicate('is a BASE32 Crockford, checksum "{checksum}"', of=Kind.TEXT, since="1.1")
def is_crockford(found: Found, checksum: object) -> None:
    """Checks that the text is Base32 as Crockford has it; with "True", its last symbol must be the check symbol.

    Example:
        is a BASE32 Crockford, checksum "True"
    """
    checks.is_crockford(found.value, flag(checksum, "The checksum"), found.place)
