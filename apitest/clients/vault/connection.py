"""Reads secrets from HashiCorp Vault: key/value engines of both versions, by token or AppRole."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import hvac

from apitest.clients.vault import errors as vault_errors
from apitest.clients.vault.session import BoundedSession
from apitest.clients.vault.settings import VaultSettings
from apitest.errors import UnknownValue, Unreachable
from apitest.language.suggestions import near_misses

_ADDRESS = "Is it a Vault that answers at this address?"
_TELLING_LINE = 12  # characters of a line of a longer text, such as a private key's, that are secret by themselves


class VaultConnection:
    """Reads secrets; logs in with the AppRole when first asked for one.

    Args:
        settings: where and who.
        on_secret: called with each value that is read, so that no output shows it.
    """

    def __init__(self, settings: VaultSettings, on_secret: Callable[[str], None]) -> None:
        self._settings = settings
        self._secrets = on_secret
        self._client = hvac.Client(
            url=settings.address,
            token=settings.token,
            namespace=settings.namespace or None,
            verify=(settings.ca_file or True) if settings.verify else False,
            timeout=settings.timeout,
            session=BoundedSession(settings.timeout),
        )
        self._mounts: dict[str, tuple[str, str]] = {}
        self._on_secret(settings.token)
        self._on_secret(settings.secret_id)

    def _on_secret(self, value: str) -> None:
        if value:
            self._secrets(value)

    def close(self) -> None:
        """Drop the connection."""
        self._client.adapter.close()

    def read(self, reference: str) -> object:
        """The value of ``path#key``; of ``path`` alone, the secret's only value, or all of them by key.

        Raises:
            UnknownValue: there is no such secret, or no such key in it.
            Unreachable: Vault is down or sealed, or refuses the token.
        """
        path, _, key = reference.partition("#")
        path = path.strip().strip("/")
        secret = self._secret(path)
        for text in _texts(secret):
            self._on_secret(text)
        if key:
            return _of_key(secret, key, path)
        return next(iter(secret.values())) if len(secret) == 1 else secret

    def _secret(self, path: str) -> dict[str, object]:
        self._log_in()
        mount, version = self._mount(path)
        rest = path.removeprefix(mount).strip("/")
        places = [path]
        if version == "2":
            # People copy the path from the browser, or from the API, where it has data/ in it.
            places = [f"{mount}/data/{rest}", *(places if rest.startswith("data/") else [])]
        for place in places:
            found = self._get(place)
            data = _members(found, "data")
            if secret := _members(data, "data") if version == "2" else data:
                return secret
        fix = f"Check the path; the engine {mount}/ is of version {version}."
        raise UnknownValue(f"Vault has no secret {path}", f"Vault at {self._settings.address}", fix)

    def _mount(self, path: str) -> tuple[str, str]:
        """Where the engine of a path is mounted, and its version."""
        first = path.partition("/")[0]
        if first not in self._mounts:
            found = self._get(f"sys/internal/ui/mounts/{path}")
            data = _members(found, "data")
            mount = str(data.get("path") or first).strip("/")
            version = str(_members(data, "options").get("version") or "1")
            if mount != first:  # an engine that is mounted deeper; others may be mounted beside it
                return mount, version
            self._mounts[first] = mount, version
        return self._mounts[first]

    def _log_in(self) -> None:
        if self._client.token or not self._settings.role_id:
            return
        given = {"role_id": self._settings.role_id, "secret_id": self._settings.secret_id}
        with self._translated(f"auth/{self._settings.auth_mount}/login"):
            answer = self._client.auth.approle.login(mount_point=self._settings.auth_mount, **given)
        try:
            self._on_secret(answer["auth"]["client_token"])
        except (KeyError, TypeError):
            where = f"auth/{self._settings.auth_mount}/login of Vault at {self._settings.address}"
            raise Unreachable("Vault gave no token", where, _ADDRESS) from None

    def _get(self, path: str) -> dict[str, object] | None:
        """What Vault answers for a path; None where there is nothing."""
        with self._translated(path):
            answer = self._client.read(path)
        if answer is not None and not isinstance(answer, dict):
            raise Unreachable(
                "Vault did not answer with JSON", f"{path} of Vault at {self._settings.address}", _ADDRESS
            )
        return answer

    @contextmanager
    def _translated(self, path: str) -> Iterator[None]:
        try:
            yield
        except vault_errors.FOREIGN as error:
            raise vault_errors.translate(error, path, self._settings) from None


def _members(answer: Mapping[str, object] | None, name: str) -> dict[str, object]:
    """The object under a name of an answer; empty where there is none."""
    found = (answer or {}).get(name)
    return dict(found) if isinstance(found, dict) else {}


def _texts(value: object) -> Iterator[str]:
    """All that a secret holds, as it may turn up in an output: the parts of documents, and lines by themselves."""
    if isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)
    elif value is not None and not isinstance(value, bool):
        yield str(value)
        lines = str(value).splitlines()
        yield from (line for line in lines if len(lines) > 1 and len(line) >= _TELLING_LINE)


def _of_key(secret: Mapping[str, object], key: str, path: str) -> object:
    if key in secret:
        return secret[key]
    likely = near_misses(key, secret, limit=1)
    fix = f"Did you mean {path}#{likely[0]}?" if likely else f"Its keys are {', '.join(sorted(secret))}."
    raise UnknownValue(f"The secret {path} has no key {key}", f"vault:{path}#{key}", fix)
