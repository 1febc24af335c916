"""The OpenAPI document of a server: collected from its channels, its services and its security definitions."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from inspect import cleandoc

from apitest_server import __version__
from apitest_server.components import Key
from apitest_server.config import RestChannel
from apitest_server.deploy.store import ServiceStore
from apitest_server.errors import HTTPError, ServerError
from apitest_server.openapi.document import Endpoint, document
from apitest_server.security.authentication import Authentication
from apitest_server.service.base import handlers
from apitest_server.service.compiled import Compiled

ADMIN_PATH = "/zato/json/"
_ADMINISTRATORS = "administrators"
_DESCRIBED = ("get", "head", "post", "put", "patch", "delete", "options")


class Specification:
    """Makes the document anew each time, since services and channels come and go."""

    def __init__(
        self,
        title: Callable[[], str],
        store: ServiceStore,
        authentication: Authentication,
        channels: Callable[[], Iterable[RestChannel]],
    ) -> None:
        self._title = title
        self._store = store
        self._authentication = authentication
        self._channels = channels

    def document(self, prefix: str = "", admin: bool = False) -> dict[str, object]:
        """An OpenAPI 3.1 document.

        Args:
            prefix: of the names of services; empty for all.
            admin: describe the admin API, where each service has a path, rather than the channels.
        """
        if admin:
            endpoints = [self._admin_endpoint(name) for name in self._store.names() if name.startswith(prefix)]
            schemes = {_ADMINISTRATORS: {"type": "http", "scheme": "basic"}}
            return document(self._title(), __version__, endpoints, schemes)
        channels = [channel for channel in self._channels() if channel.service.startswith(prefix)]
        names = _scheme_names({channel.security for channel in channels if channel.security})
        endpoints = [self._endpoint(channel, names) for channel in channels]
        return document(self._title(), __version__, endpoints, {names[key]: self._scheme(key) for key in names})

    def _endpoint(self, channel: RestChannel, schemes: dict[str, str]) -> Endpoint:
        compiled = self._compiled(channel.service)
        methods = channel.methods or tuple(handlers(compiled.cls) if compiled else ()) or ("GET", "POST")
        found = Endpoint(
            name=channel.name,
            path=channel.path,
            methods=tuple(method.lower() for method in methods if method.lower() in _DESCRIBED),
            service=channel.service,
            security=schemes.get(channel.security, ""),
            data_format=channel.data_format,
        )
        return _described(found, compiled)

    def _admin_endpoint(self, name: str) -> Endpoint:
        found = Endpoint(name, f"{ADMIN_PATH}{name}", ("post",), name, security=_ADMINISTRATORS)
        return _described(found, self._compiled(name))

    def _compiled(self, name: str) -> Compiled | None:
        try:
            return self._store.get(name)
        except (ServerError, HTTPError):
            return None

    def _scheme(self, key: str) -> Mapping[str, object]:
        checks = self._authentication.checker(key)
        return checks.scheme() if checks else {"type": "http", "scheme": "basic"}


def _described(endpoint: Endpoint, compiled: Compiled | None) -> Endpoint:
    """What the service says about itself as well."""
    if compiled is None:
        return replace(endpoint, about="A service that is not deployed, or cannot be imported, at present")
    about, io = cleandoc(vars(compiled.cls).get("__doc__") or ""), compiled.io
    if io is None:
        return replace(endpoint, about=about)
    return replace(endpoint, about=about, input=io.input or None, output=io.output or None)


def _scheme_names(keys: Iterable[str]) -> dict[str, str]:
    """Names that OpenAPI allows: definitions are called what people like, or have a number."""
    names: dict[str, str] = {}
    for key in sorted(keys):
        plain = re.sub(r"[^A-Za-z0-9._-]", "_", key.lstrip("\0"))
        names[key] = plain if plain not in names.values() else f"{plain}.{len(names)}"
    return names


SPECIFICATION: Key[Specification] = Key("openapi")
CHANNELS: Key[Callable[[], Iterable[RestChannel]]] = Key("described channels")
