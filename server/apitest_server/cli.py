"""The command ``apitest server …``, also ``python -m apitest_server``: nothing heavy is loaded before it is needed."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from apitest_server.errors import ServerError


@click.group(name="server", context_settings={"help_option_names": ["-h", "--help"]})
def server() -> None:
    """The companion server: services in Python, mounted on REST channels."""


@server.command()
@click.argument("directory", type=click.Path(path_type=Path))
def create(directory: Path) -> None:
    """Writes a new server: server.conf and a first service."""
    from apitest_server.layout import create as write

    for path in write(directory):
        click.echo(f"Created {path}")
    click.echo(f"Start it with: apitest server start {directory}")


@server.command()
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False))
@click.option("--host", help="Listen on this address instead of server.conf's.")
@click.option("--port", type=click.IntRange(0, 65535), help="Listen on this port; 0 is any free one.")
@click.option("--fg", is_flag=True, help="Stay in the foreground.")
@click.option("--ready-file", type=click.Path(path_type=Path), help="Write the address there once it answers.")
@click.option(
    "--stop-with-parent",
    is_flag=True,
    help="Stop when standard input ends, as it does when the process that started it is gone.",
)
def start(
    directory: Path, host: str | None, port: int | None, fg: bool, ready_file: Path | None, stop_with_parent: bool
) -> None:
    """Starts the server of DIRECTORY; prints `Listening on http://…` once it answers."""
    from dataclasses import replace

    from apitest_server.config import load

    config = load(directory)
    main = config.main
    main = replace(main, host=host or main.host, port=main.port if port is None else port)
    from apitest_server.process import serve

    serve(replace(config, main=main), ready_file, stop_with_parent)


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
