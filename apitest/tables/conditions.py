"""Conditions as sentences write them; what they mean in SQL or CQL is the clients' work.

A condition's column and value are kept apart from the start, so that no value can become part of a statement.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from apitest.errors import BadValue
from apitest.expressions import expression
from apitest.language.lists import ListItem, as_given, names, unquoted, values, without_brackets
from apitest.language.literals import quoted
from apitest.language.suggestions import near_misses

_WORDS = {
    "=": ("equal to", "equals", "equal", "is", "==", "eq"),
    "!=": ("not equal to", "is not", "isn't", "not equal", "<>", "ne"),
    ">": ("greater than", "gt"),
    "<": ("less than", "lt"),
    ">=": ("greater than or equal to", "greater or equal to", "at least", "ge"),
    "<=": ("less than or equal to", "less or equal to", "at most", "le"),
    "like": ("matches",),
    "not like": ("does not match",),
    "in": ("one of", "is one of", "is in"),
    "not in": ("not one of", "is not one of", "is not in"),
    "is null": ("null",),
    "is not null": ("not null",),
}
_WHERE = expression(r"\s*where\s+(?=[\w\"])", re.IGNORECASE)
SIGNS = {name: sign for sign, words in _WORDS.items() for name in (sign, *words)}
_CONDITION = expression(
    r"""\s*(?P<column>[\w.]+|"[^"]+")\s*
    (?:(?P<null>is\s+(?:not\s+)?null)
      |(?P<sign>>=|<=|!=|<>|==|=|>|<|\b(?:not\s+)?like\b|\b(?:not\s+)?in\b)\s*
       (?P<value>'(?:[^']|'')*'|\((?:[^()']|'(?:[^']|'')*')*\)|.*?))
    \s*(?P<joined>(?<=[\s')])(?:and|or)(?=\s)|$)""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)


class Condition(NamedTuple):
    """One comparison of a column; the value of ``in`` is a list of `ListItem`, that of ``is null`` does not count."""

    column: str
    sign: str
    value: "ListItem | list[ListItem]"

    def __str__(self) -> str:
        """The condition as a person would write it."""
        if self.sign.endswith("null"):
            return f"{self.column} {self.sign}"
        return f"{self.column} {self.sign} {_shown(self.value)}"


class Criterion(NamedTuple):
    """Conditions joined by "and" or "or", one joint fewer than conditions; as in SQL, "and" binds tighter."""

    conditions: tuple[Condition, ...]
    joints: tuple[str, ...] = ()

    def alternatives(self) -> list[list[Condition]]:
        """The conditions as alternatives, in each of which all have to hold."""
        groups = [[self.conditions[0]]]
        for joint, condition in zip(self.joints, self.conditions[1:], strict=True):
            if joint == "or":
                groups.append([])
            groups[-1].append(condition)
        return groups

    def __str__(self) -> str:
        """The conditions as a person would write them, for errors and reports."""
        texts = [str(condition) for condition in self.conditions]
        return " ".join([texts[0], *(f"{j} {text}" for j, text in zip(self.joints, texts[1:], strict=True))])


def _shown(value: ListItem | list[ListItem]) -> str:
    return f"({', '.join(map(_shown, value))})" if isinstance(value, list) else str(value.value)


def filtered(columns: object, signs: object, given: object, joints: object) -> Criterion:
    """The criterion of ``I store filter``: as many signs and values as columns, and a joint for all or between each.

    Raises:
        BadValue: the numbers differ, or there is no such sign or joint.
    """
    wanted = names(columns)
    written = [str(each.value) for each in as_given(signs)]
    if len(written) == 1:
        written *= len(wanted)
    if len(written) != len(wanted):
        raise BadValue(f"There are {len(written)} comparisons for {len(wanted)} columns", fix=_sign_help())
    compared = zip(wanted, map(sign, written), values(given, len(wanted)), strict=True)
    conditions = tuple(Condition(name, how, _operand(how, value)) for name, how, value in compared)
    return Criterion(conditions, _joints(joints, len(wanted) - 1))


def sign(text: str) -> str:
    """The comparison that a word or sign stands for: ``greater than`` is ``>``.

    Raises:
        BadValue: there is none of that name.
    """
    try:
        return SIGNS[" ".join(text.casefold().split())]
    except KeyError:
        likely = near_misses(text, SIGNS, limit=1)
        fix = f"Did you mean {likely[0]}?\n" if likely else ""
        raise BadValue(f"{quoted(text)} is not a comparison", fix=fix + _sign_help()) from None


def _sign_help() -> str:
    spoken = [f"{words[0]} ({sign})" for sign, words in _WORDS.items() if words]
    return f"Comparisons are {', '.join(spoken)}."


def _operand(how: str, given: ListItem) -> ListItem | list[ListItem]:
    """The value of a condition; what ``in`` compares with is a list."""
    if how not in {"in", "not in"}:
        return given
    text = given.value
    return values(without_brackets(text) if isinstance(text, str) and not given.exact else text)


def _joints(given: object, count: int) -> tuple[str, ...]:
    words = [str(each.value).casefold() for each in as_given(given)]
    unknown = [word for word in words if word not in {"and", "or"}]
    if count and unknown:
        raise BadValue(f"{quoted(unknown[0])} joins no conditions", fix="Conditions are joined by and, or.")
    if len(words) == 1:
        words *= count
    if len(words) < count or (count and len(words) > count):
        raise BadValue(
            f"There are {len(words)} joints between {count + 1} conditions",
            fix="Give one for all (and), or one for each place between two of them (and,or).",
        )
    return tuple(words[:count])


def criterion(given: object, stored: Sequence[str] = ()) -> Criterion:
    """The criterion that a text such as ``id = 1 and name like 'a%'`` stands for; a `Criterion` stays one.

    Args:
        given: the text, which may begin with WHERE, or a filter that was stored.
        stored: names of the stored filters, for the error.

    Raises:
        BadValue: the text is not a condition.
    """
    if isinstance(given, Criterion):
        return given
    text, at = _WHERE.sub("", str(given), count=1), 0
    conditions: list[Condition] = []
    joints: list[str] = []
    while match := _CONDITION.match(text, at):
        conditions.append(_condition(match))
        at = match.end()
        if at >= len(text) and not match["joined"]:
            return Criterion(tuple(conditions), tuple(joints))
        joints.append(match["joined"].lower())
    raise _no_condition(text, stored)


def _condition(match: re.Match[str]) -> Condition:
    column = match["column"].strip('"')
    if match["null"]:
        return Condition(column, sign(match["null"]), ListItem(None, True))
    how = sign(match["sign"])
    return Condition(column, how, _operand(how, unquoted(match["value"].strip())))


def _no_condition(text: str, stored: Sequence[str]) -> BadValue:
    likely = near_misses(text, stored, limit=1)
    fix = [f"Did you mean the filter {likely[0]}?"] if likely else []
    if stored and not likely:
        fix.append(f"Stored filters are {', '.join(stored)}.")
    fix.append("A condition is written like id = 1, or name like 'A%' and amount > 10, or deleted is null.")
    return BadValue(f"{quoted(text)} is neither a stored filter nor a condition", fix="\n".join(fix))
