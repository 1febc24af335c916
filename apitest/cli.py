"""The command line: what it offers; nothing heavy is loaded until a command needs it."""

import os
import re
import sys
from typing import TYPE_CHECKING, Any

from apitest import __version__
from apitest.expressions import expression
from apitest.runner import deferred

with deferred.imports():
    from pathlib import Path

    import click

if TYPE_CHECKING:
    from apitest.errors import ApitestError

_COLLECT_AFTER = 20_000  # objects more than before; Python's own number is 700
_INTERRUPTED = 130  # as shells have it
_VALUE_AT_ONCE = expression("-[Defijnort].")  # behave's options of one letter that take a value
_BEHAVE_OPTIONS = {"ignore_unknown_options": True, "allow_interspersed_args": True}


class _Group(click.Group):
    """Prints every error of ours in one way, without a traceback, and exits with its status."""

    def invoke(self, ctx: click.Context) -> object:
        from apitest.errors import ApitestError

        _open_what_is_closed()
        try:
            _look_where_we_are()
            return super().invoke(ctx)
        except ApitestError as error:
            ctx.exit(print_error(error))
        except KeyboardInterrupt:
            click.echo("Interrupted", err=True)
            ctx.exit(_INTERRUPTED)


def _look_where_we_are() -> None:
    """All names of files are relative to the current directory.

    Raises:
        UsageError: it was deleted.
    """
    from apitest.errors import UsageError

    try:
        os.getcwd()
    except FileNotFoundError:
        raise UsageError("The current directory is not there any more", fix="Change into one that is") from None


def _open_what_is_closed() -> None:
    """Of a command that was started without standard output or error, as by `>&-`, nothing is told there.

    Else the next file that is opened would be taken for it, or for standard input.
    """
    if None not in (sys.stdin, sys.stdout, sys.stderr):
        return
    while (number := os.open(os.devnull, os.O_RDWR)) in (0, 1, 2):
        os.set_inheritable(number, True)
    os.close(number)
    sys.stdout = sys.stdout or open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - while the process lasts
    sys.stderr = sys.stderr or open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115


def print_error(error: "ApitestError") -> int:
    """Prints an error to stderr; returns its exit status."""
    from apitest.report.terminal import make_error_report

    make_error_report(sys.stderr)(error)
    return error.exit_status


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="apitest", message="%(prog)s %(version)s")
def main() -> None:
    """API tests in plain English: REST, XML/SOAP, SQL, Cassandra and WebSocket.

    `apitest demo` shows it in seconds, `apitest init DIRECTORY` starts a project of your own.
    """


class _Run(click.Command):
    """Leaves behave's options as they are: click would take the v of -Denv=x for --verbose."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parts such options from their values, as they may stand, too."""
        parted = [part for arg in args for part in ((arg[:2], arg[2:]) if _VALUE_AT_ONCE.match(arg) else (arg,))]
        for number, arg in enumerate(parted):
            if arg == "--random" and not re.fullmatch(r"\d+", "".join(parted[number + 1 : number + 2])):
                parted[number] = "--random="  # what follows is a path, or another option
        return super().parse_args(ctx, parted)


@main.command(
    cls=_Run, context_settings=_BEHAVE_OPTIONS, short_help="Run tests: a directory, .feature files, FILE:LINE."
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED, metavar="PATH… [BEHAVE OPTIONS]")
@click.option("-v", "--verbose", is_flag=True, help="Show every request and response, with headers.")
@click.option("-q", "--quiet", is_flag=True, help="Show what went wrong and the totals only.")
@click.option(
    "--fix", is_flag=True, help="Correct undefined steps in the .feature files where one sentence is close enough."
)
@click.option("--seed", type=int, metavar="N", help="Make the random values of a run repeatable.")
@click.option("--strict/--no-strict", default=None, help="Fail scenarios that check nothing, or let them pass.")
@click.option("--allow-empty", is_flag=True, help="Let a selection match no scenario, as in one of several shards.")
@click.option(
    "--retries",
    type=click.IntRange(0, 99),
    default=0,
    metavar="N",
    help="Try a scenario that failed up to N times more.",
)
@click.option("--rerun-failed", is_flag=True, help="Run only the scenarios that failed when they last ran.")
@click.option(
    "--last-failed-first", is_flag=True, help="Run the files with scenarios that failed last ahead of others."
)
@click.option(
    "--isolate", is_flag=True, help="Run what failed by itself at the end, and name the scenarios that it depends on."
)
@click.option(
    "--env",
    "--environment",
    "environment",
    default="",
    metavar="NAME",
    envvar="APITEST_ENV",
    help="Read config.NAME.ini over config.ini.",
)
@click.option(
    "--report",
    "reports",
    multiple=True,
    metavar="NAME[=FILE]",
    help="Write a report besides the one shown: html, junit, tap, allure, github or jsonl.",
)
@click.option("--events", metavar="FILE", help="The same as --report jsonl=FILE.")
@click.option("-j", "--jobs", "--parallel", default="1", metavar="N", help="Run in N workers; auto: one for each core.")
@click.option(
    "--by",
    type=click.Choice(["feature", "scenario"]),
    default="feature",
    help="What workers and shards take at a time; the scenarios of a feature share its variables.",
)
@click.option("--random", "order", metavar="[SEED]", help="Run in a random order, which the seed repeats.")
@click.option("--shard", metavar="I/N", help="Run one of N parts, which take about as long as each other.")
@click.option(
    "--durations", metavar="FILE", help="What scenarios took, for --shard and -j; .apitest/results.jsonl otherwise."
)
def run(
    arguments: tuple[str, ...],
    reports: tuple[str, ...],
    events: str | None,
    jobs: str,
    by: str,
    order: str | None,
    shard: str | None,
    durations: str | None,
    **chosen: Any,
) -> None:
    """Run a project directory, a features directory, .feature files or FILE:LINE places.

    Every option of behave works, too: --tags, --name, --dry-run, --stop, --junit, --format ….
    -D name=value is also what "@name" stands for.

    Exits with 0 when everything passed, 1 when a check failed, 2 when the project or the command
    is at fault, 3 when the system under test cannot be reached.
    """
    import gc

    gc.disable()  # imports make many objects and no garbage; `launch` starts the collector again
    gc.set_threshold(_COLLECT_AFTER, 10, 10)
    try:
        from apitest.runner.division import Division
        from apitest.runner.launch import RunOptions, launch

        division = Division.asked(jobs, by, order, shard, durations)
        asked = reports if events is None else (*reports, f"jsonl={events}")
        sys.exit(launch(list(arguments), RunOptions(reports=asked, division=division, **chosen)))
    finally:
        gc.enable()


@main.command()
@click.argument("word", required=False, default="")
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    help="How to show them.",
)
@click.option("--where", is_flag=True, help="Show the file and line of the code as well.")
def steps(word: str, style: str, where: bool) -> None:
    """Search the sentences that steps are written in.

    Without WORD, all of them are shown.
    """
    from apitest.commands import steps as catalogue
    from apitest.language.registry import load
    from apitest.report.output import prepare
    from apitest.report.style import detect
    from apitest.steps import MODULES

    shown = catalogue.render(load(MODULES), word, style, detect(sys.stdout, os.environ), where)
    prepare(sys.stdout, color=True)
    click.echo(shown, nl=False, color=True)


@main.group(short_help="Join the reports of several runs.")
def report() -> None:
    """Make reports of runs that are over."""


@report.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(path_type=Path))
@click.option(
    "--report", "reports", multiple=True, metavar="NAME[=FILE]", help="Write a report, besides the one shown."
)
def merge(files: tuple[Path, ...], reports: tuple[str, ...]) -> None:
    """Join the events of several runs, such as the shards of one, that --report jsonl=FILE wrote.

    Exits with the status that a single run would have.
    """
    from apitest.commands.merge import merge as join

    sys.exit(join(files, reports))


@main.command(short_help="Start a project of your own.")
@click.argument("directory", type=click.Path(path_type=Path))
def init(directory: Path) -> None:
    """Start a project of your own in DIRECTORY, with one feature to build on."""
    from apitest.commands.init import create

    for line in create(directory):
        click.echo(line)


@main.command(short_help="Show an old project in today's wording.")
@click.argument("directory", type=click.Path(path_type=Path))
@click.option("--write", is_flag=True, help="Write the changes; without it, they are only shown.")
def migrate(directory: Path, write: bool) -> None:
    """Show a project written for zato-apitest in today's wording, as a diff.

    Such a project runs as it is, too. What is not understood is left alone and named.
    """
    from apitest.commands.migrate import show

    sys.exit(show(directory, write, click.echo))


@main.command(short_help="Run a sample project against its own server.")
@click.argument("directory", required=False, type=click.Path(path_type=Path))
@click.option("-v", "--verbose", is_flag=True, help="Show every request and response, with headers.")
@click.option("--keep-server", is_flag=True, help="Leave the server running afterwards.")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=17010,
    metavar="N",
    help="Its port; any free one where that is taken.",
)
def demo(directory: Path | None, verbose: bool, keep_server: bool, port: int) -> None:
    """Set up a sample project, start the companion server and run one against the other.

    The project goes to DIRECTORY, or to a new temporary one, and stays there to be read, changed and run again.
    """
    from apitest.commands.demo import show

    sys.exit(show(directory, verbose=verbose, keep_server=keep_server, port=port))


@main.command(
    context_settings={"ignore_unknown_options": True, "help_option_names": []},
    add_help_option=False,
    short_help="Create and start a companion server.",
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def server(arguments: tuple[str, ...]) -> None:
    """Create, start and administer a companion server (`apitest server --help`)."""
    from apitest_server.cli import main as server_main

    server_main(list(arguments))
