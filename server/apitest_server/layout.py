"""A new server's directory: server.conf and the directory that user services are picked up from."""

from pathlib import Path

from apitest_server.errors import StartError

_CONF = """\
# The companion server of apitest. Every key has a default; unknown ones are reported before start.

[main]
name = {name}
host = 127.0.0.1
# 0 is any free port
port = 17010
log_level = INFO

[limits]
body_size = 10 MB
# Seconds that a service may take
request_timeout = 60
# Threads for services that are not async, and how many calls may wait for one
threads = 16
queue = 1000

[services]
directory = services

[rest]

    [[hello]]
    path = /hello
    service = hello.hello
    methods = GET, POST
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


def create(directory: Path) -> list[Path]:
    """Writes a new server's files; returns them.

    Raises:
        StartError: there is a server already, or the directory cannot be written.
    """
    conf, service = directory / "server.conf", directory / "services" / "hello.py"
    if conf.exists():
        raise StartError(f"There is a server in {directory} already", str(conf), "Choose another directory")
    try:
        service.parent.mkdir(parents=True, exist_ok=True)
        conf.write_text(_CONF.format(name=directory.resolve().name or "server"), "utf-8")
        service.write_text(_SERVICE, "utf-8")
    except OSError as error:
        raise StartError(f"Cannot write {directory}: {error.strerror or error}") from None
    return [conf, service]
