"""PURE  What was done in web-admin as the sentences of a .feature that do the same."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from apitest_server.redaction.names import is_secret

_NOT_OF_A_NAME = re.compile(r"[^A-Za-z0-9]+")
# A doc string has the values of these put in; as JSON escapes they stay what they are.
_PUT_IN = re.compile(r"[$#@](?=\{)")
_DEEPEST = 50


class Secret(NamedTuple):
    """A secret that is not kept.

    Attributes:
        variable: of the environment that has it where the steps are run.
        is_text: whether it stands in quotes.
    """

    variable: str
    is_text: bool


class Stored(NamedTuple):
    """A value that was stored before.

    Attributes:
        name: that it was stored under.
        is_text: whether it stands in quotes.
    """

    name: str
    is_text: bool


@dataclass(frozen=True, slots=True)
class Lookup:
    """How a field is found anew wherever the act is done again: IDs are others there.

    Attributes:
        field: of the act.
        service: that tells.
        fields: its input.
        path: in its response, such as ``/id``.
    """

    field: str
    service: str
    fields: Mapping[str, object]
    path: str


def without_secrets(fields: Mapping[str, object], declared: Iterable[str]) -> dict[str, object]:
    """Fields whose secrets are variables: those that are declared as such, and whatever is called like one.

    Args:
        fields: the input of a service.
        declared: names of fields that are secret.
    """
    names = frozenset(declared)
    return {
        name: Secret(_variable(name), True) if name in names else _hidden(name, value, "", 0)
        for name, value in fields.items()
    }


def _hidden(name: str, value: object, above: str, depth: int) -> object:
    """A value without its secrets; of what stands below the name of a secret, all is one."""
    secret = above or (name if is_secret(name) else "")
    if depth > _DEEPEST:
        return "…"
    if isinstance(value, dict):
        return {str(key): _hidden(str(key), part, secret, depth + 1) for key, part in value.items()}
    if isinstance(value, list):
        return [_hidden(name, part, secret, depth + 1) for part in value]
    if secret and value is not None and value != "" and not isinstance(value, bool):
        return Secret(_variable(name if is_secret(name) else f"{secret}_{name}"), isinstance(value, str))
    return value


def variables(value: object) -> list[str]:
    """The variables of the environment that a value refers to, each once."""
    if isinstance(value, Secret):
        return [value.variable]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return list(dict.fromkeys(name for part in parts for name in variables(part)))


def scenario(
    title: str, address: str, service: str, fields: Mapping[str, object], lookups: Iterable[Lookup] = ()
) -> str:
    """A scenario that calls a service over the admin API.

    The administrator's name and password are variables of the environment, as secrets are.

    Args:
        title: of the scenario.
        address: of the server, such as ``http://127.0.0.1:17010``.
        service: its name.
        fields: its input, as JSON can hold it, without secrets.
        lookups: of fields whose values are found first.
    """
    lines = [
        f"Scenario: {_in_one_line(title)}",
        f'  Given address "{address}"',
        '  And Basic Auth "$APITEST_ADMIN_USER" "$APITEST_ADMIN_PASSWORD"',
    ]
    found: dict[str, object] = {}
    for lookup in lookups:
        lines += _called("And" if not found else "Given", lookup.service, lookup.fields)
        path = f"/{lookup.service.replace('.', '_').replace('-', '_')}_response{lookup.path}"
        lines += [f'  And I store "{path}" from response under "{lookup.field}"', ""]
        found[lookup.field] = Stored(lookup.field, isinstance(fields.get(lookup.field), str))
    lines += _called("Given" if found else "And", service, {**fields, **found})
    lines.append('  And path "/zato_env/result" is "ZATO_OK"')
    return "\n".join(lines) + "\n"


def _called(keyword: str, service: str, fields: Mapping[str, object]) -> list[str]:
    return [
        f'  {keyword} URL path "/zato/json/{service}"',
        '  And HTTP method "POST"',
        "  And request is",
        '    """',
        *(f"    {line}" for line in _json(dict(fields), "").split("\n")),
        '    """',
        "",
        "  When the URL is invoked",
        "",
        '  Then status is "200"',
    ]


def _json(value: object, indentation: str) -> str:
    """JSON that has variables in it."""
    inner = indentation + "  "
    if isinstance(value, Secret):
        return f'"${{{value.variable}}}"' if value.is_text else f"${{{value.variable}}}"
    if isinstance(value, Stored):
        return f'"#{{{value.name}}}"' if value.is_text else f"#{{{value.name}}}"
    if isinstance(value, dict) and value:
        members = (f"{inner}{_plain(name)}: {_json(part, inner)}" for name, part in value.items())
        return "{\n" + ",\n".join(members) + f"\n{indentation}}}"
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(inner + _json(part, inner) for part in value) + f"\n{indentation}]"
    return _plain(value)


def _plain(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    text = "".join(sign if sign.isprintable() else json.dumps(sign)[1:-1] for sign in text)
    return _PUT_IN.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)


def _in_one_line(title: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in title).split())


def _variable(name: str) -> str:
    """``secret-key`` as ``SECRET_KEY``; of a password that is given twice, both are one."""
    text = _NOT_OF_A_NAME.sub("_", name).rstrip("12").strip("_").upper()
    return text if text[:1].isalpha() else f"SECRET_{text}".rstrip("_")
