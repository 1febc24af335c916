"""How to reach HashiCorp Vault: the [vault] section of config.ini."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from apitest.errors import ProjectError
from apitest.language.flags import flag
from apitest.language.suggestions import near_misses

_KEYS = ("address", "token", "role_id", "secret_id", "auth_mount", "namespace", "ca_file", "verify", "timeout")


class VaultSettings(NamedTuple):
    """Where a Vault is and who asks; the keys of the [vault] section of config.ini.

    Attributes:
        address: its base URL.
        token: a token; else role_id and secret_id of an AppRole.
        role_id: see token.
        secret_id: see token; empty where the role needs none.
        auth_mount: where the AppRole method is mounted.
        namespace: of an enterprise Vault; empty for none.
        ca_file: PEM, of the authority that signed its certificate; empty for those the system trusts.
        verify: whether its certificate is checked.
        timeout: seconds to wait for an answer.
    """

    address: str
    token: str = ""
    role_id: str = ""
    secret_id: str = ""
    auth_mount: str = "approle"
    namespace: str = ""
    ca_file: str = ""
    verify: bool = True
    timeout: float = 10.0


def settings(section: Mapping[str, Any], resolve: Callable[[str], Any], where: str) -> VaultSettings:
    """The settings in a [vault] section.

    Args:
        section: its keys and values.
        resolve: gives the value of a text such as ``$VAULT_TOKEN``.
        where: the file, for errors.

    Raises:
        ProjectError: a key is unknown or missing, or a value does not fit.
    """
    for key in section:
        if key not in _KEYS:
            likely = near_misses(key, _KEYS, limit=1)
            fix = f"Did you mean {likely[0]}?" if likely else f"It takes {', '.join(_KEYS)}."
            raise ProjectError(f"[vault] has no setting {key}", where, fix)
    values: dict[str, Any] = {key: str(resolve(str(value))) for key, value in section.items()}
    if not values.get("address"):
        raise ProjectError("[vault] has no address", where, "address = https://vault.example.com:8200")
    if not (values.get("token") or values.get("role_id")):
        raise ProjectError("[vault] has neither a token nor a role_id", where, "token = $VAULT_TOKEN")
    try:
        values["timeout"] = float(values.get("timeout", 10))
    except ValueError:
        raise ProjectError("The timeout of [vault] is not a number", where, "timeout = 10") from None
    try:
        values["verify"] = flag(values.get("verify", "True"))
    except ValueError:
        problem = f'verify of [vault] must be True or False, not "{values["verify"]}"'
        raise ProjectError(problem, where, "verify = True") from None
    return VaultSettings(**values)
