"""A new server's directory: server.conf and the directory that user services are picked up from."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from apitest_server.config import FILE_NAME, internal_modules, load
from apitest_server.config.edited import edited
from apitest_server.config.tls import TLS
from apitest_server.errors import ServerError, StartError
from apitest_server.odb import ODB
from apitest_server.odb.key import FILE_NAME as KEY_NAME
from apitest_server.odb.key import SecretKey
from apitest_server.security.administrators import first_administrator

_CONF = """\
# The companion server of apitest. Every key has a default; unknown ones are reported before start.

[main]
name = {name}
host = 127.0.0.1
# 0 is any free port
port = 17010

[limits]
body_size = 10 MB
# Seconds that a service may take
request_timeout = 60
# Threads for services that are not async, and how many calls may wait for one
threads = 16
queue = 1000

[logging]
level = INFO
file = server.log
# logfmt or json
format = logfmt
# The file is rotated when it is larger; so many of them are kept beside it
max_size = 10 MB
backups = 5

[services]
# Files in it are deployed at start, and while the server runs when they come, change or go
directory = services
hot_deploy = True

[rest]

    [[hello]]
    path = /hello
    service = hello.hello
    methods = GET, POST

[deploy_internal]
# Internal services, a module a line; those of a module that is False are not deployed.
{modules}
"""

_SERVICE = '''\
from zato.server.service import Service


class Hello(Service):
    """Greets whom it is told to."""

    class SimpleIO:
        input_optional = ("name",)
        output_required = ("greeting",)

    def handle(self):
        self.response.payload.greeting = f"Hello, {self.request.input.name or 'World'}"
'''


@dataclass(frozen=True, slots=True)
class Created:
    """A new server.

    Attributes:
        paths: what was written.
        username: of its administrator.
        password: of its administrator, to be shown once; empty if it is the one that the caller gave.
    """

    paths: list[Path]
    username: str
    password: str = field(repr=False)


def create(directory: Path, url: str = "", port: int | None = None) -> Created:
    """Writes a new server: its files, its database and its administrator.

    Args:
        directory: where.
        url: of the ODB, as in server.conf; empty for SQLite in the directory.
        port: where it listens, if not at that of server.conf's first one.

    Raises:
        StartError: there is a server already, or the directory cannot be written, or the ODB cannot be used.
    """
    modules = "\n".join(f"{module} = True" for module in internal_modules())
    conf = _CONF.format(name=_name_of(directory), modules=modules)
    own = {"main": {} if port is None else {"port": f"{port}"}, "odb": {"url": url} if url else {}}
    conf = edited(conf, {name: values for name, values in own.items() if values})
    paths = _written(directory, conf, {"hello.py": _SERVICE.encode()})
    try:
        username, password = _administrator(directory)
    except ServerError:
        for path in paths:
            path.unlink()
        raise
    return Created(paths, username, password)


def join(directory: Path, other: Path, port: int | None = None) -> Created:
    """Writes another server for the ODB of one that there is: with its server.conf, key and services, and its own name.

    Args:
        directory: where.
        other: the directory of the server that there is.
        port: where it listens; one above the other's if not given.

    Raises:
        StartError: there is no such server, there is a server already, or the directory cannot be written.
    """
    config = load(other)
    name = _name_of(directory)
    if name == config.main.name:
        raise StartError(f"The server in {other} is called `{name}`, too", "", "Choose a directory with another name")
    path = ODB(config.odb.url, other).where.path
    url = config.odb.url if path is None else f"sqlite:///{path.resolve()}"
    port = port if port is not None else config.main.port and config.main.port + 1
    key = SecretKey(other.resolve())
    key.create()
    text = (other / FILE_NAME).read_text("utf-8")
    shown = {key: f"{(other / path).resolve()}" for key, path in _files(config.tls).items()}
    own = {"main": {"name": name, "port": f"{port}"}, "odb": {"url": url}}
    text = edited(text, {**own, "tls": shown} if shown else own)
    services = config.services_directory
    files = {path.name: path.read_bytes() for path in sorted(services.glob("*.py"))} if services.is_dir() else {}
    paths = _written(directory, text, {} if Path(config.services.directory).is_absolute() else files, key.raw)
    return Created(paths, "", "")


def _written(directory: Path, conf: str, services: Mapping[str, bytes], key: bytes = b"") -> list[Path]:
    path = directory / FILE_NAME
    if path.exists():
        raise StartError(f"There is a server in {directory} already", str(path), "Choose another directory")
    below = directory / "services"
    # What somebody has there already stays: it may be all that is left of a server, or the reason to make one
    files = {below / name: content for name, content in services.items() if not os.path.lexists(below / name)}
    try:
        below.mkdir(parents=True, exist_ok=True)
        for file, content in files.items():
            file.write_bytes(content)
        for secret, text in ((path, conf), *([(directory / KEY_NAME, key.decode("ascii"))] if key else [])):
            secret.touch(mode=0o600)  # It has passwords
            secret.write_text(text, "utf-8")
    except OSError as error:
        raise StartError(f"Cannot write {directory}: {error.strerror or error}") from None
    return [path, *files]


def _files(tls: TLS) -> dict[str, str]:
    """The files that are named, by their keys."""
    named = {"certificate": tls.certificate, "key": tls.key, "client_authorities": tls.client_authorities}
    return {key: path for key, path in named.items() if path}


def _name_of(directory: Path) -> str:
    return directory.resolve().name or "server"


def _administrator(directory: Path) -> tuple[str, str]:
    """The user name of the first administrator, and the password if it has to be told."""
    odb = ODB(load(directory).odb.url, directory)
    try:
        odb.load()  # Which makes its tables
        made = first_administrator(odb)
    finally:
        odb.close()
    return (made.username, made.password if made.generated else "") if made else ("", "")
