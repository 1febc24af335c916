"""Where a run reads its ``vault:path`` values: the project's [vault] stanza, else what Vault's own tools go by."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from apitest.context import RunState
from apitest.errors import ProjectError
from apitest.language import values

if TYPE_CHECKING:
    from apitest.clients.vault.connection import VaultClient, VaultSettings

ADDRESS = "VAULT_ADDR"
# setting of [vault] -> the environment variable in which Vault's own command line looks for it
_VARIABLES = {"token": "VAULT_TOKEN", "namespace": "VAULT_NAMESPACE", "ca_file": "VAULT_CACERT"}
_SKIP_VERIFY = "VAULT_SKIP_VERIFY"


def reader(run: RunState) -> Callable[[str], Any] | None:
    """What reads from the Vault of a run; None if nothing tells where it is.

    The [vault] stanza counts; without one, VAULT_ADDR, VAULT_TOKEN, VAULT_NAMESPACE, VAULT_CACERT and
    VAULT_SKIP_VERIFY do. Nothing is opened, nor any setting looked at, before the first read.
    """
    if not (run.project.vault or run.environ.get(ADDRESS)):
        return None

    def read(reference: str) -> Any:
        return run.clients.get("vault", "", lambda: _client(run)).read(reference)

    return read


def _client(run: RunState) -> "VaultClient":
    from apitest.clients.vault.connection import VaultClient

    return VaultClient(_settings(run), run.secrets.add)


def _settings(run: RunState) -> "VaultSettings":
    from apitest.clients.vault import connection as vault

    if not run.project.vault:
        return vault.settings(_from_environment(run.environ), str, f"the environment variable {ADDRESS}")
    project, where = run.project, str(run.project.config_path)
    sources = values.Sources(run.environ, {}, project.user, where, None)
    found = vault.settings(project.vault, lambda text: values.resolve(text, sources), where)
    return replace(found, ca_file=_found(found.ca_file, (project.features, project.root), where))


def _from_environment(environ: Mapping[str, str]) -> dict[str, str]:
    stanza = {setting: environ[name] for setting, name in _VARIABLES.items() if environ.get(name)}
    skip = environ.get(_SKIP_VERIFY, "").casefold() in {"1", "t", "true"}
    if "token" not in stanza:
        fix = "Set VAULT_TOKEN, or write a [vault] stanza in config.ini"
        raise ProjectError(f"{ADDRESS} is set, and VAULT_TOKEN is not", f"the environment variable {ADDRESS}", fix)
    return {"address": environ[ADDRESS], "verify": str(not skip), **stanza}


def _found(name: str, places: tuple[Path, ...], where: str) -> str:
    """The path of a file that is named from the features directory or the project's."""
    if not name:
        return ""
    for place in places:
        if (place / name).is_file():
            return str(place / name)
    fix = "Its path is absolute, or relative to the directory of the features"
    raise ProjectError(f'The ca_file of [vault] is not there: "{name}"', where, fix)
