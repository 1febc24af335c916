"""Runs of `apitest run` as processes of their own, judged by the events that they wrote."""

import contextlib
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from apitest.events import RunFinished
from apitest.report import jsonl

# How long an interrupted run may take to end: where a Ctrl-C has reached it, too, and after it was told.
ENDING, TOLD = 10, 30


def run(arguments: Sequence[str], environment: Mapping[str, str], *, may_skip: bool = False) -> list[str]:
    """Runs `apitest run` with its output on the terminal.

    Args:
        arguments: what to run, and behave's options.
        environment: that of the process.
        may_skip: whether scenarios may be left out, since what they need cannot be started here.

    Returns:
        What is wrong with the run: nothing if all that there is has passed.
    """
    with tempfile.TemporaryDirectory(prefix="apitest-acceptance-") as directory:
        file = Path(directory) / "events.jsonl"
        command = [sys.executable, "-m", "apitest", "run", *arguments, "--events", str(file)]
        with subprocess.Popen(command, env=dict(environment)) as process:
            status = _wait(process)
        events = list(jsonl.read(file.read_text("utf-8").splitlines())) if file.exists() else []
    return problems(status, events, may_skip)


def problems(status: int, events: Sequence[Any], may_skip: bool) -> list[str]:
    """What is wrong with a run, by its exit status and its events."""
    found = [f"it exits with {status}"] if status else []
    end = next((event for event in events if isinstance(event, RunFinished)), None)
    if end is None:
        return [*found, "it does not come to its end"]
    allowed = {"passed", "skipped"} if may_skip else {"passed"}
    for kind, counts in end.counts.items():
        found += [f"{number} {kind} are {state}" for state, number in counts.items() if number and state not in allowed]
    if not end.counts.get("scenarios", {}).get("passed"):
        found.append("no scenario passes")
    return found


def _wait(process: subprocess.Popen[bytes]) -> int:
    try:
        return process.wait()
    except BaseException as error:
        _end(process, reached=isinstance(error, KeyboardInterrupt))
        raise


def _end(process: subprocess.Popen[bytes], reached: bool) -> None:
    """Lets an interrupted run end in its own way, and what it has started with it."""
    try:
        if reached:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(ENDING)
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        process.wait(TOLD)
    except subprocess.TimeoutExpired:
        process.kill()
