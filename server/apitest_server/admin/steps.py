"""PURE  What was done in web-admin as the sentences of a .feature that do the same."""

import json
import re
from collections.abc import Collection, Mapping

_NOT_OF_A_NAME = re.compile(r"[^A-Za-z0-9]+")
# A doc string has the values of these put in; as JSON escapes they stay what they are.
_PUT_IN = re.compile(r"[$#@](?=\{)")


def scenario(title: str, address: str, service: str, fields: Mapping[str, object], secrets: Collection[str]) -> str:
    """A scenario that calls a service over the admin API.

    Secrets, and the administrator's password, are variables of the environment.

    Args:
        title: of the scenario.
        address: of the server, such as ``http://127.0.0.1:17010``.
        service: its name.
        fields: its input, as JSON can hold it.
        secrets: the names of the fields that are secret.
    """
    body = "{\n" + ",\n".join(_member(name, value, name in secrets) for name, value in fields.items()) + "\n}"
    lines = [
        f"Scenario: {' '.join(title.split())}",
        f'  Given address "{address}"',
        '  And Basic Auth "$APITEST_ADMIN_USER" "$APITEST_ADMIN_PASSWORD"',
        f'  And URL path "/zato/json/{service}"',
        '  And HTTP method "POST"',
        "  And request is",
        '    """',
        *(f"    {line}" for line in body.split("\n")),
        '    """',
        "",
        "  When the URL is invoked",
        "",
        '  Then status is "200"',
        '  And path "/zato_env/result" is "ZATO_OK"',
    ]
    return "\n".join(lines) + "\n"


def _member(name: str, value: object, is_secret: bool) -> str:
    if is_secret:
        return f'  {json.dumps(name)}: "${{{_variable(name)}}}"'
    text = json.dumps(value, ensure_ascii=False, indent=2).replace("\n", "\n  ")
    return f"  {json.dumps(name)}: " + _PUT_IN.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)


def _variable(name: str) -> str:
    return _NOT_OF_A_NAME.sub("_", name).upper()
