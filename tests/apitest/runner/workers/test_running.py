"""Runs in workers as processes of their own: workers that die, hang or are interrupted, and what they leave."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.apitest.command_line import apitest, environment
from tests.apitest.processes import gone, wait_until

STEPS = """
import os, signal, subprocess, sys, time
from pathlib import Path
from behave import given, then

@given("the process is killed")
def killed(context): os.kill(os.getpid(), signal.SIGKILL)

@given("the process exits")
def exits(context): os._exit(3)

@given("it hangs")
def hangs(context):
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    Path("pids").write_text(f"{os.getpid()} {child.pid}")
    time.sleep(600)

@given("it waits")
def waits(context):
    Path("pids").write_text(f"{os.getpid()}")
    time.sleep(600)

@then("it holds")
def holds(context): print("printed by a step"); os.system("echo printed by a child")

@then("it does not hold")
def holds_not(context): assert False, "it does not"
"""
HOOKS = """
import os
def before_all(context):
    print("before_all of worker", os.environ["APITEST_WORKER"], "of", context.config.userdata["workers"])
    open("before-" + context.config.userdata["worker"], "w").close()
def after_all(context):
    open("after-" + context.config.userdata["worker"], "w").close()
"""
FINE = "Feature: fine\n  Scenario: one\n    Then it holds\n  Scenario: two\n    Then it holds\n"


def scenarios(*steps: str) -> str:
    """A feature whose scenarios have one step each."""
    return "Feature: F\n" + "".join(f"  Scenario: {n} {step}\n    {step}\n" for n, step in enumerate(steps))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with steps and hooks, and one feature that passes."""
    (tmp_path / "features" / "steps").mkdir(parents=True)
    (tmp_path / "features" / "steps" / "own.py").write_text(STEPS)
    (tmp_path / "features" / "environment.py").write_text(HOOKS)
    (tmp_path / "features" / "fine.feature").write_text(FINE)
    return tmp_path


def write(root: Path, text: str) -> None:
    """Adds a feature."""
    (root / "features" / "b.feature").write_text(text)


def start(root: Path, *arguments: str) -> "subprocess.Popen[str]":
    """`apitest run`, going on, its worker in the step that waits or hangs."""
    process = subprocess.Popen(
        [sys.executable, "-m", "apitest", "run", *arguments],
        cwd=root,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    wait_until(lambda: (root / "pids").exists() and bool((root / "pids").read_text()))
    return process


def pids(root: Path) -> list[int]:
    """The worker in that step, and what it has started."""
    return list(map(int, (root / "pids").read_text().split()))


@pytest.mark.parametrize("by", ["feature", "scenario"])
def test_workers_that_die(root: Path, by: str) -> None:
    """A scenario whose worker dies is an error with the reason, and all others run, each once."""
    write(root, scenarios("Then it holds", "Given the process is killed", "Given the process exits", "Then it holds"))
    ran = apitest(root, "run", "-j", "2", "--by", by)
    assert ran.status == 1, ran.output
    assert 'was killed by signal 9 (SIGKILL) while running "1 Given the process is killed"' in ran.output
    assert 'ended by itself with status 3 while running "2 Given the process exits"' in ran.output
    assert "4 scenarios passed, 2 in error" in ran.output
    assert ran.output.count("✓ 3 Then it holds") == 1
    assert "Traceback" not in ran.output


def test_what_is_printed(root: Path) -> None:
    """What hooks and children of workers print stands between results, with the worker's number."""
    write(root, scenarios("Then it does not hold"))
    ran = apitest(root, "run", "-j", "2")
    assert ran.status == 1
    for number in (1, 2):
        assert f"note  worker {number}: before_all of worker {number} of 2" in ran.output
        assert (root / f"after-{number}").exists()
    assert "printed by a child" in ran.output
    assert "✗ Then it does not hold" in ran.output


def test_stopping_at_the_first_failure(root: Path) -> None:
    """With --stop, no worker begins another scenario once one has failed."""
    write(root, scenarios("Then it does not hold", *["Then it holds"] * 300))
    ran = apitest(root, "run", "-j", "2", "--stop", "--by", "scenario", "features/b.feature")
    assert ran.status == 1, ran.output
    assert "1 failed" in ran.output
    assert "not run" in ran.output


@pytest.mark.parametrize(
    ("hooks", "told"),
    [
        ("def before_all(context): raise LookupError('no such thing')", "LookupError: no such thing"),
        ("import os\nos._exit(4)", "ended by itself with status 4 while no scenario ran"),
        ("import os\ndef before_all(context): os._exit(5)", "ended by itself with status 5 while no scenario ran"),
        ("nonsense(", "environment.py cannot be loaded"),
    ],
)
def test_hooks_that_end_every_worker(root: Path, hooks: str, told: str) -> None:
    """What is wrong with the whole project is told, and the run ends."""
    (root / "features" / "environment.py").write_text(hooks)
    write(root, scenarios("Then it holds"))
    ran = apitest(root, "run", "-j", "2")
    assert ran.status in (1, 2), ran.output
    assert told in ran.output
    assert "passed" not in ran.output


def test_ctrl_c(root: Path) -> None:
    """Ctrl-C ends what runs, with the hooks and the summary, and names it."""
    write(root, scenarios("Given it waits", "Then it holds"))
    with start(root, "-j", "2") as process:
        process.send_signal(signal.SIGINT)
        output, _ = process.communicate(timeout=60)
    assert process.returncode == 130, output
    assert "! 0 Given it waits" in output
    assert "Stopped before the end: interrupted" in output
    assert "Traceback" not in output, output
    assert "channel.py" not in output
    begun, ended = ({path.name.partition("-")[2] for path in root.glob(each)} for each in ("before-*", "after-*"))
    assert set() != begun <= ended  # A worker that was interrupted before its hook wrote anything ends, too
    assert all(map(gone, pids(root)))


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_worker_that_hangs(root: Path, number: int, status: int) -> None:
    """A worker that does not end when the run does is killed after a while, with its children, and named."""
    write(root, scenarios("Given it hangs"))
    with start(root, "-j", "2") as process:
        process.send_signal(number)
        output, _ = process.communicate(timeout=60)
    assert process.returncode == status, output
    assert "was still running this" in output
    assert "features/b.feature:2" in output
    wait_until(lambda: all(map(gone, pids(root))))


def test_ctrl_c_twice(root: Path) -> None:
    """The second Ctrl-C ends all at once."""
    write(root, scenarios("Given it hangs"))
    with start(root, "-j", "2") as process:
        process.send_signal(signal.SIGTERM)
        process.send_signal(signal.SIGINT)
        output, _ = process.communicate(timeout=60)
    assert process.returncode == 130, output
    wait_until(lambda: all(map(gone, pids(root))))


def test_a_parent_that_is_killed(root: Path) -> None:
    """Where the run itself is killed, its workers and their children end, too."""
    write(root, scenarios("Given it hangs"))
    with start(root, "-j", "2") as process:
        process.kill()
        process.communicate(timeout=60)
    wait_until(lambda: all(map(gone, pids(root))))


def test_a_worker_that_is_killed_from_outside(root: Path) -> None:
    """A worker that somebody kills, as a system without memory does, is told of with its scenario."""
    write(root, scenarios("Given it waits", "Then it holds"))
    with start(root, "-j", "2") as process:
        os.kill(pids(root)[0], signal.SIGKILL)
        output, _ = process.communicate(timeout=60)
    assert process.returncode == 1, output
    assert "was killed by signal 9 (SIGKILL) while running" in output
    assert "If the machine ran out of memory, use fewer workers" in output
    assert "3 scenarios passed, 1 in error" in output


@pytest.mark.parametrize("times", [1, 9])
def test_a_worker_that_is_killed_between_scenarios(root: Path, times: int) -> None:
    """What it was about to run is run by another worker, but once: the scenarios themselves may be the reason."""
    (root / "features" / "environment.py").write_text(
        "import os, pathlib, signal\n"
        "def before_feature(context, feature):\n"
        "    killed = pathlib.Path('killed')\n"
        "    times = len(killed.read_text()) if killed.exists() else 0\n"
        f"    if feature.name == 'Odd' and times < {times}:\n"
        "        killed.write_text('x' * (times + 1))\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    write(root, scenarios("Then it holds"))
    odd = "Feature: Odd\n  Scenario: odd\n    Then it holds\n"
    (root / "features" / "odd.feature").write_text(odd)
    ran = apitest(root, "run", "-j", "2")
    assert ran.status == 1, ran.output
    assert "was killed by signal 9 (SIGKILL) while no scenario ran" in ran.output
    assert ("4 scenarios passed" if times == 1 else "3 scenarios passed") in ran.output
    assert len((root / "killed").read_text()) == min(times, 2)


def test_a_project_of_zato_apitest(root: Path) -> None:
    """An old project runs in workers as it does in one process."""
    (root / "features" / "environment.py").write_text(
        "import os\nfrom zato.apitest.util import new_context\n"
        "def before_feature(context, feature):\n"
        "    context.zato = new_context(None, os.path.dirname(os.path.realpath(__file__)))\n"
    )
    write(root, scenarios("Then it holds"))
    ran = apitest(root, "run", "-j", "2")
    assert ran.status == 0, ran.output
    assert "3 scenarios passed" in ran.output
