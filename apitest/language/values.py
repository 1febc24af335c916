"""The little language of values: what ``$NAME``, ``#name``, ``@name`` and ``vault:path`` mean in a step.

A text is cut into tokens, the tokens are interpreted against :class:`Sources`, and whatever cannot be found
becomes an error that says where it was looked for. A value's own content is never interpreted again.

A whole parameter of the form ``#name`` (sign and name, nothing else) keeps the type of the value; within a
longer text names stand in braces, ``#{name}``, and the value becomes text: within a JSON or an XML document the text
that stands for it there. A doubled sign is the sign itself:
``##x`` is the text ``#x``, ``a ##{b}`` the text ``a #{b}``, ``###{n}`` a ``#`` and then the value of ``n``.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from apitest.errors import BadValue, UnknownValue
from apitest.expressions import expression
from apitest.language.embedding import joined
from apitest.language.literals import integer, json_value, literal, number, parse_list, quoted
from apitest.language.pointers import of_dotted
from apitest.language.shortening import beginning
from apitest.language.suggestions import near_misses

__all__ = [
    "Named",
    "Sources",
    "integer",
    "interpolate",
    "json_value",
    "literal",
    "number",
    "parse_list",
    "pieces",
    "resolve",
]

_VAULT = "vault:"
_RUN = expression(r"([$#@])\1*")
_BRACE_AHEAD = expression(r"([$#@]?)\1*\{")
_NAME_IN_BRACES = expression(r"\{([^{}\r\n]+)\}")
_FEW = 10  # as many known names as an error lists

# sign -> what is missing, where it was looked for, what to do where nothing alike is known
_PLACES = {
    "$": ("environment variable", "the environment", "Set it before the run."),
    "#": ("variable", "the variables stored in this feature", "Store it in a step that comes before."),
    "@": ("value", "[user] of {}", "Add it to [user] in config.ini."),
}


class Sources(NamedTuple):
    """Where values come from.

    Attributes:
        env: the environment of the process, for ``$NAME``.
        variables: what the steps of this feature stored, for ``#name``.
        config: the ``[user]`` section of the project's config.ini, for ``@name``.
        config_path: that file, named in errors; empty where the project has none.
        vault: reads a path from HashiCorp Vault, for ``vault:path``; None where no address is configured.
        lenient: a ``$NAME`` in config.ini that the environment does not have stays as it is, as in zato-apitest.
    """

    env: Mapping[str, str]
    variables: Mapping[str, object]
    config: Mapping[str, object]
    config_path: str
    vault: Callable[[str], object] | None
    lenient: bool = False


class _Reference(NamedTuple):
    """A name to look up: ``sign`` is one of ``$#@`` and says in which source; ``written`` is all of it."""

    sign: str
    name: str
    written: str


def resolve(text: str, sources: Sources) -> object:
    """The value that a whole parameter of a step stands for.

    Args:
        text: the parameter as it stands in the step.
        sources: where names are looked up.

    Returns:
        What the name holds, with its type, where the parameter is one name and nothing else; else a string.

    Raises:
        UnknownValue: a name is defined nowhere.
        BadValue: a brace is not closed or holds no name.
    """
    # Nearly all parameters are plain text, and this runs for each of them.
    if "$" not in text and "#" not in text and "@" not in text and not text.startswith(_VAULT):
        return text
    if text.startswith(_VAULT) and text[len(_VAULT) :][:1] not in ("", ":"):
        return _from_vault(text.removeprefix(_VAULT), sources)
    tokens = list(_parse(text))
    references = [token for token in tokens if isinstance(token, _Reference)]
    if len(references) == 1 and not any(token for token in tokens if isinstance(token, str)):
        return _look_up(references[0], sources)
    return _join(tokens, sources)


def interpolate(text: str, sources: Sources) -> str:
    """A longer text, such as a doc string, with each ``${NAME}``, ``#{name}`` and ``@{name}`` in it replaced.

    Raises:
        UnknownValue: a name is defined nowhere.
        BadValue: a brace is not closed or holds no name.
    """
    if "${" not in text and "#{" not in text and "@{" not in text:
        return text
    return _join(_tokens(text), sources)


class Named(NamedTuple):
    """A value that a longer text names: what it is, and the name with its sign and braces, as it is written."""

    value: object
    written: str


def pieces(text: str, sources: Sources) -> list[str | Named]:
    """A longer text, such as a statement, in its pieces: texts as they stand, and the values of the names in it.

    Raises:
        UnknownValue: a name is defined nowhere.
        BadValue: a brace is not closed or holds no name.
    """
    if "${" not in text and "#{" not in text and "@{" not in text:
        return [text]
    return [
        token if isinstance(token, str) else Named(_look_up(token, sources), token.written) for token in _tokens(text)
    ]


def _parse(text: str) -> Iterator[str | _Reference]:
    """The tokens of a whole parameter, where a sign at its start says something too."""
    sign, rest = text[:1], text[1:]
    if text.startswith(f"{_VAULT}:"):
        return _tokens(_VAULT + text.removeprefix(f"{_VAULT}:"))
    if sign not in "$#@" or not rest or _BRACE_AHEAD.match(rest):
        return _tokens(text)
    return _tokens(rest) if rest[0] == sign else iter([_Reference(sign, rest, text)])


def _tokens(text: str) -> Iterator[str | _Reference]:
    """A text cut into pieces to be taken as they stand and names in braces, in their order."""
    done = 0
    for run in _RUN.finditer(text):
        end = run.end()
        if text[end : end + 1] != "{":
            continue
        signs, odd = divmod(end - run.start(), 2)
        yield text[done : run.start()] + run[1] * signs
        done = end
        if odd:
            name = _NAME_IN_BRACES.match(text, end)
            if name is None:
                raise _bad_brace(text, end)
            yield _Reference(run[1], name[1], run[1] + name[0])
            done = name.end()
    yield text[done:]


def _join(tokens: Iterable[str | _Reference], sources: Sources) -> str:
    return joined([token if isinstance(token, str) else (_look_up(token, sources),) for token in tokens])


def _look_up(reference: _Reference, sources: Sources) -> object:
    known = _known(reference.sign, sources)
    try:
        value = known[reference.name]
    except KeyError:
        raise _unknown(reference, sources) from None
    return value if reference.sign != "@" else configured(value, sources)


def configured(value: object, sources: Sources) -> object:
    """A value of config.ini, with the environment variables that it refers to: as a whole, or ``${NAME}`` in it.

    Raises:
        UnknownValue: one of them is not set.
        BadValue: a brace is not closed or holds no name.
    """
    if isinstance(value, list):
        return [configured(part, sources) for part in value]
    if not isinstance(value, str) or "$" not in value:
        return value
    try:
        tokens = _parse(value) if value[0] == "$" else _tokens(value)
        return "".join(_from_environment(token, sources) for token in tokens)
    except (UnknownValue, BadValue):
        if sources.lenient:
            return value
        raise


def _from_environment(token: str | _Reference, sources: Sources) -> str:
    """A piece of a value of config.ini; signs other than ``$`` mean nothing there."""
    if isinstance(token, str):
        return token
    if token.sign != "$":
        return token.written
    try:
        return sources.env[token.name]
    except KeyError:
        error = _unknown(token, sources)
        raise UnknownValue(error.problem, sources.config_path or error.where, error.fix) from None


def _known(sign: str, sources: Sources) -> Mapping[str, object]:
    return {"$": sources.env, "#": sources.variables, "@": sources.config}[sign]


def _from_vault(path: str, sources: Sources) -> object:
    if sources.vault is None:
        raise UnknownValue(
            f"{_VAULT}{path} cannot be read: the [vault] section has no address",
            where=sources.config_path or "this project has no config.ini",
            fix=f"Give the address and the token of the Vault server under [vault] in config.ini,\n"
            f"or in the environment variables VAULT_ADDR and VAULT_TOKEN.\n"
            f"To mean the text itself, double the colon: {_VAULT}:{path}",
        )
    return sources.vault(interpolate(path, sources))


def _unknown(reference: _Reference, sources: Sources) -> UnknownValue:
    """The error for a name that its source does not have; it tells names, never values."""
    sign, name, written = reference
    known = list(_known(sign, sources))
    what, where, remedy = _PLACES[sign]
    fix = []
    if sign == "$" and name[:1] in (".", "["):
        pointer = of_dotted(written)
        path = f'path "{pointer}", or as ' if pointer else ""
        fix.append(f'Part of a JSON document is written as {path}JSONPath "{written}".')
    elif likely := [sign + close for close in near_misses(name, known)] + _elsewhere(name, sources):
        fix.append(f"Did you mean {' or '.join(likely)}?")
    else:
        fix.append(remedy)
    if 0 < len(known) <= _FEW:
        fix.append(f"Known are {', '.join(sign + other for other in known)}.")
    beginnings = [other for other in known if other and name.startswith(other)]
    if beginnings:
        longest = max(beginnings, key=len)
        fix.append(f"Within a longer text, names stand in braces: {sign}{{{longest}}}")
    fix.append(f"To mean the text itself, double the character: {beginning(sign + written)}")
    error = UnknownValue(
        f"There is no {what} {beginning(sign + name)}",
        where.format(sources.config_path or "config.ini"),
        "\n".join(fix),
    )
    error.needs = f"#{name}" if sign == "#" else ""
    return error


def _elsewhere(name: str, sources: Sources) -> list[str]:
    """The same name in those sources that have it."""
    return [sign + name for sign in _PLACES if name in _known(sign, sources)]


def _bad_brace(text: str, brace: int) -> BadValue:
    sign, rest = text[brace - 1], text[brace:].split("\n", 1)[0]
    wrong = "holds no name" if rest.startswith("{}") else "is followed by no name and closing brace"
    return BadValue(
        f"{sign}{{ in {quoted(text)} {wrong}",
        fix=f"Write {sign}{{name}}, or {sign}{sign}{{ to mean the text itself.",
    )
