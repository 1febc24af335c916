"""Where a run reads its ``vault:path`` values: the [vault] section, else the variables of Vault's own tools."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from apitest.clients import files
from apitest.context import RunState
from apitest.errors import BadValue, ProjectError
from apitest.language import values

if TYPE_CHECKING:
    from apitest.clients.vault.connection import VaultConnection
    from apitest.clients.vault.settings import VaultSettings

ADDRESS = "VAULT_ADDR"
# setting of [vault] -> the environment variable that Vault's command line reads it from
_VARIABLES = {"token": "VAULT_TOKEN", "namespace": "VAULT_NAMESPACE", "ca_file": "VAULT_CACERT"}
_SKIP_VERIFY = "VAULT_SKIP_VERIFY"


def reader(run: RunState) -> Callable[[str], object] | None:
    """What reads from the Vault of a run; None if nothing tells where it is.

    The [vault] section counts; without one, VAULT_ADDR, VAULT_TOKEN, VAULT_NAMESPACE, VAULT_CACERT and
    VAULT_SKIP_VERIFY do. Nothing is opened, nor any setting looked at, before the first read.
    """
    if not (run.project.vault or run.environ.get(ADDRESS)):
        return None

    def read(reference: str) -> object:
        return run.clients.get("vault", "", lambda: _client(run)).read(reference)

    return read


def _client(run: RunState) -> "VaultConnection":
    from apitest.clients.vault.connection import VaultConnection

    settings = _settings(run)
    run.secrets.update(filter(None, (settings.token, settings.secret_id)))
    return VaultConnection(settings, run.secrets.add)


def _settings(run: RunState) -> "VaultSettings":
    from apitest.clients.vault import settings as vault_settings  # here, since most projects have no Vault

    if not run.project.vault:
        return vault_settings.settings(_from_environment(run.environ), str, f"the environment variable {ADDRESS}")
    project, where = run.project, str(run.project.config_path)
    sources = values.Sources(run.environ, {}, project.user, where, None)
    found = vault_settings.settings(project.vault, lambda text: values.resolve(text, sources), where)
    try:
        ca_file = str(files.setting_in((project.features, project.root), found.ca_file)) if found.ca_file else ""
    except BadValue as error:
        raise ProjectError(f"The ca_file of [vault] cannot be used: {error.problem}", where, error.fix) from None
    return found._replace(ca_file=ca_file)


def _from_environment(environ: Mapping[str, str]) -> dict[str, str]:
    section = {setting: environ[name] for setting, name in _VARIABLES.items() if environ.get(name)}
    skip = environ.get(_SKIP_VERIFY, "").casefold() in {"1", "t", "true"}
    if "token" not in section:
        fix = "Set VAULT_TOKEN, or write a [vault] section in config.ini"
        raise ProjectError(f"{ADDRESS} is set, and VAULT_TOKEN is not", f"the environment variable {ADDRESS}", fix)
    return {"address": environ[ADDRESS], "verify": str(not skip), **section}
