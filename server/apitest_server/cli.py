"""The command ``apitest server …``, also ``python -m apitest_server``: nothing heavy is loaded before it is needed."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from apitest_server.errors import NotRunning, ServerError

_DIRECTORY = click.Path(path_type=Path, file_okay=False)
_FILE = click.Path(dir_okay=False, resolve_path=True)
_dir_option = click.option(
    "--dir", "directory", type=_DIRECTORY, default=Path(), help="The server's directory; the current one if not given."
)


@click.group(name="server", context_settings={"help_option_names": ["-h", "--help"]})
def server() -> None:
    """The companion server: services in Python, called over REST, SOAP, WebSockets and by messages."""


@server.command()
@click.argument("directory", type=click.Path(path_type=Path))
@click.option("--odb", "url", default="", help="The URL of its database, postgresql://…; SQLite if not given.")
@click.option(
    "--join",
    "other",
    type=_DIRECTORY,
    help="The directory of a server whose database the new one is to share: the two are a cluster.",
)
@click.option("--port", type=click.IntRange(0, 65535), help="Where it is to listen.")
def create(directory: Path, url: str, other: Path | None, port: int | None) -> None:
    """Writes a new server: server.conf, a first service, its database; prints the administrator's password, once."""
    from apitest_server.process import create as new

    if other is not None and url:
        raise click.UsageError("--odb and --join exclude each other: who joins shares the database that there is")
    created = new.create(directory, url, port) if other is None else new.join(directory, other, port)
    for path in created.paths:
        click.echo(f"Created {path}")
    if created.password:
        click.echo(f"Administrator: {created.username}, password: {created.password} (it is not shown again)")
    click.echo(f"Start it with: apitest server start {directory}")


@server.command()
@click.argument("directory", type=_DIRECTORY)
@click.option("--sync-internal", is_flag=True, help="Rebuild the start-up cache of internal services.")
@click.option("--new-key", is_flag=True, help="Take the database over: the key that its secrets had is lost.")
@click.option("--host", help="Listen on this address instead of server.conf's.")
@click.option("--port", type=click.IntRange(0, 65535), help="Listen on this port; 0 is any free one.")
@click.option("--certificate", type=_FILE, help="Speak TLS with this certificate (PEM), instead of server.conf's.")
@click.option("--key", type=_FILE, help="Its private key (PEM), if that is in a file of its own.")
@click.option("--client-authorities", type=_FILE, help="Authorities (PEM) whose clients are known by certificates.")
@click.option("--fg", is_flag=True, help="Stay in the foreground.")
@click.option("--ready-file", type=click.Path(path_type=Path), help="Write the address there once it answers.")
@click.option("--detached", is_flag=True, hidden=True)
@click.option(
    "--stop-with-parent",
    is_flag=True,
    help="Stop when standard input ends, as it does when the process that started it is gone; implies --fg.",
)
def start(directory: Path, fg: bool, **options: Any) -> None:
    """Starts the server of DIRECTORY; returns once it answers.

    With --fg it stays, and prints `Listening on http://…` once it answers.
    """
    from apitest_server.config import load

    config = load(directory)
    if fg or options["stop_with_parent"]:
        _serve(config, **options)
        return
    from apitest_server.about import WEB_ADMIN
    from apitest_server.process.background import LOG, start

    given = [part for name, value in options.items() for part in _option(name, value)]
    address = start(directory, given)
    click.echo(f"Listening on {address}")
    click.echo(f"Web-admin: {address}{WEB_ADMIN}")
    click.echo(f"Log: {directory / (config.logging.file or LOG)}")
    click.echo(f"Stop it with: apitest server stop {directory}")


def _serve(config: Any, **options: Any) -> None:
    from dataclasses import replace

    from apitest_server.process.serve import Options, serve

    overridden: list[str] = []
    for section, names in (("main", ("host", "port")), ("tls", ("certificate", "key", "client_authorities"))):
        values = {name: options.pop(name) for name in names}
        given = {name: value for name, value in values.items() if value not in (None, "")}
        if "certificate" in given:
            given.setdefault("key", "")  # That of server.conf belongs to the other certificate
        config = replace(config, **{section: replace(getattr(config, section), **given)})
        overridden += [f"{section}.{name}" for name in given]
    serve(replace(config, overridden=tuple(overridden)), Options(**options))


def _option(name: str, value: Any) -> list[str]:
    """An option as it was given on the command line."""
    flag = f"--{name.replace('_', '-')}"
    if isinstance(value, bool):
        return [flag] if value else []
    return [] if value is None else [flag, str(value)]


@server.command()
@click.argument("directory", type=_DIRECTORY, default=Path())
def stop(directory: Path) -> None:
    """Stops the server of DIRECTORY (default: the current one); requests in flight are finished first."""
    from apitest_server.config import load
    from apitest_server.process.background import running
    from apitest_server.process.background import stop as end

    running(directory)
    # Requests first, then what runs in the background: each has this long
    found = end(directory, 2 * load(directory).limits.shutdown_timeout + 1)
    click.echo(f"Stopped {found.address}, process {found.pid}")


@server.command()
@click.argument("directory", type=_DIRECTORY, default=Path())
def status(directory: Path) -> None:
    """Says whether the server of DIRECTORY (default: the current one) runs, and where; exit status 3 if it does not."""
    from datetime import datetime

    from apitest_server.process.background import running

    try:
        found = running(directory)
    except NotRunning as error:
        click.echo(error.problem)
        sys.exit(error.exit_status)
    since = datetime.fromtimestamp(found.since).astimezone().isoformat(" ", "seconds")
    click.echo(f"Running on {found.address or 'no address yet'}, process {found.pid}, since {since}")


@server.command()
@click.argument("directory", type=_DIRECTORY, default=Path())
@click.option("--wait", "seconds", type=click.FloatRange(min=0), default=0.0, help="Seconds to wait until it is ready.")
def health(directory: Path, seconds: float) -> None:
    """Says whether the server of DIRECTORY can take requests; exit status 1 if it cannot, 3 if it does not run."""
    from apitest_server.process.health import health as asked

    found = asked(directory, seconds)
    width = max(map(len, found.checks), default=0)
    click.echo(f"{'Ready' if found.is_ready else 'Not ready'}: {found.address}")
    for name, said in found.checks.items():
        click.echo(f"  {name:{width}}  {click.style(said, fg='green' if said == 'ok' else 'red')}")
    sys.exit(0 if found.is_ready else 1)


@server.command()
@click.argument("word", default="")
@_dir_option
def services(word: str, directory: Path) -> None:
    """Lists the services of a running server, those with WORD in their names if it is given."""
    from apitest_server.process.admin_client import call

    rows = call(directory, "zato.service.get-list", {"cluster_id": 1, "query": word})
    for name in sorted(row["name"] for row in rows if word in row["name"]):
        click.echo(name)


@server.command()
@click.argument("name")
@click.argument("payload", metavar="[JSON]", default="")
@_dir_option
def invoke(name: str, payload: str, directory: Path) -> None:
    """Calls the service NAME of a running server with JSON as its input, and prints what it answers.

    JSON is `-` to read it from standard input.
    """
    import json

    from apitest_server.process.admin_client import call

    text = sys.stdin.read() if payload == "-" else payload
    try:
        given = json.loads(text) if text.strip() else None
    except ValueError as error:
        fix = """Put it in single quotes: '{"name": "Maria"}'"""
        raise ServerError(f"The input is not valid JSON: {error}", text[:200], fix) from None
    answer = call(directory, name, given)
    click.echo(answer if isinstance(answer, str) else json.dumps(answer, indent=2, ensure_ascii=False))


@server.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@_dir_option
def deploy(file: Path, directory: Path) -> None:
    """Deploys FILE, services in Python, to a running server; it serves them when this returns."""
    from base64 import b64encode

    from apitest_server.process.admin_client import call

    payload = b64encode(file.read_bytes()).decode("ascii")
    answer = call(
        directory,
        "zato.service.upload-package",
        {"cluster_id": 1, "payload": payload, "payload_name": file.name},
    )
    names = (answer or {}).get("services") or []
    none = "no services; one is a class that derives from Service and has a method `handle`"
    click.echo(f"Deployed {file.name}: {', '.join(names) or none}")


def main(argv: Sequence[str] | None = None) -> None:
    """Runs the command and ends the process with its exit status.

    Args:
        argv: the arguments after ``apitest server``; those of the process where there are none.
    """
    try:
        server.main(args=None if argv is None else list(argv), prog_name="apitest server", standalone_mode=True)
    except ServerError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(error.exit_status)
