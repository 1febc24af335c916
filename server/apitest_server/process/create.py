"""A new server's directory: server.conf and the directory that user services are picked up from."""

from dataclasses import dataclass, field
from pathlib import Path

from apitest_server.config import FILE_NAME, internal_modules, load
from apitest_server.errors import StartError
from apitest_server.odb import ODB
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


def create(directory: Path) -> Created:
    """Writes a new server: its files, its database and its administrator.

    Raises:
        StartError: there is a server already, or the directory cannot be written.
    """
    conf, service = directory / FILE_NAME, directory / "services" / "hello.py"
    if conf.exists():
        raise StartError(f"There is a server in {directory} already", str(conf), "Choose another directory")
    modules = "\n".join(f"{module} = True" for module in internal_modules())
    try:
        service.parent.mkdir(parents=True, exist_ok=True)
        service.write_text(_SERVICE, "utf-8")
        conf.touch(mode=0o600)  # It has passwords
        conf.write_text(_CONF.format(name=directory.resolve().name or "server", modules=modules), "utf-8")
    except OSError as error:
        raise StartError(f"Cannot write {directory}: {error.strerror or error}") from None
    username, password = _administrator(directory)
    return Created([conf, service], username, password)


def _administrator(directory: Path) -> tuple[str, str]:
    """The user name of the first administrator, and the password if it has to be told."""
    odb = ODB(load(directory).odb.url, directory)
    try:
        odb.load()  # Which makes its tables
        made = first_administrator(odb)
    finally:
        odb.close()
    return (made.username, made.password if made.generated else "") if made else ("", "")
