"""A run as a process of its own: interrupted, or with nobody who reads what it writes."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.apitest.command_line import apitest, environment
from tests.apitest.processes import wait_until
from tests.apitest.runner.running import ONE
from tests.apitest.web import WebServer

HOOKS = """
from pathlib import Path

def before_scenario(context, scenario):
    context.add_cleanup(Path("cleaned-up").write_text, scenario.name)

def after_all(context):
    Path("after-all").write_text(str(context.aborted))
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of one feature, and what its hooks write."""
    (tmp_path / "features").mkdir()
    (tmp_path / "features" / "environment.py").write_text(HOOKS)
    (tmp_path / "features" / "a.feature").write_text(ONE)
    return tmp_path


def start(project: Path, *arguments: str) -> subprocess.Popen[str]:
    """`apitest run`, going on."""
    return subprocess.Popen(
        [sys.executable, "-m", "apitest", "run", *arguments],
        cwd=project,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )


def test_ctrl_c_during_a_request(project: Path, web: WebServer) -> None:
    """The run ends in order: clean-ups and hooks run, the summary is written, the status is 130."""
    lines = [f'Given address "{web.address}"', 'And URL path "/silent"', "When the URL is invoked"]
    text = "Feature: F\n  Scenario: waits\n" + "".join(f"    {line}\n" for line in lines) + "  Scenario: later\n"
    (project / "features" / "a.feature").write_text(text)
    with start(project) as process:
        wait_until(lambda: bool(web.requests))
        process.send_signal(signal.SIGINT)
        output, _ = process.communicate(timeout=30)
    assert process.returncode == 130, output
    assert "Interrupted" in output
    assert "Stopped before the end: interrupted" in output
    assert "Traceback" not in output
    assert "urllib3" not in output
    assert (project / "cleaned-up").read_text() == "waits"
    assert (project / "after-all").read_text() == "True"


def test_ctrl_c_while_a_project_loads(project: Path) -> None:
    """The same status, and nothing but a word."""
    waiting = "import signal\nopen('loading', 'w').close()\nsignal.pause()\n"
    (project / "features" / "environment.py").write_text(waiting)
    with start(project) as process:
        wait_until((project / "loading").exists)
        process.send_signal(signal.SIGINT)
        output, _ = process.communicate(timeout=30)
    assert (process.returncode, output) == (130, "Interrupted\n")


@pytest.mark.parametrize("options", [[], ["-f", "pretty"]], ids=" ".join)
def test_a_reader_that_goes_away(project: Path, options: list[str]) -> None:
    """`apitest run | head`: the run goes on to its end, silently."""
    for number in range(200):
        (project / "features" / f"f{number}.feature").write_text(ONE.replace(": S", ": " + "S" * 400))
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "apitest", "run", *options],
        check=False,
        cwd=project,
        env=environment(),
        stdout=writing,
        stderr=subprocess.PIPE,
        timeout=60,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")
    assert (project / "after-all").read_text() == "False"


@pytest.mark.parametrize("option", ["-Denv=v", "-D env=v", "--define=env=v"])
def test_user_data(project: Path, option: str) -> None:
    """Behave's options of one letter may stand with their values, whatever letters those have."""
    hooks = "def before_all(context): assert dict(context.config.userdata) == {'env': 'v'}\n"
    (project / "features" / "environment.py").write_text(hooks)
    ran = apitest(project, "run", *option.split())
    assert ran.status == 0, ran.output
    assert "Given" not in ran.output


def test_a_directory_that_changes(project: Path) -> None:
    """A project whose hooks go elsewhere still runs all of its files."""
    (project / "features" / "environment.py").write_text("import os\ndef before_all(context): os.chdir('/')\n")
    (project / "features" / "b.feature").write_text(ONE)
    ran = apitest(project, "run")
    assert "2 scenarios passed" in ran.output
    assert ran.status == 0


def test_a_step_that_kills_the_process(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was told of scenarios before it is seen."""
    monkeypatch.delenv("PYTHONUNBUFFERED", raising=False)
    (project / "features" / "steps").mkdir()
    own = (
        "import os\nfrom behave import given\n@given('the process ends')\ndef ends(context): os.kill(os.getpid(), 9)\n"
    )
    (project / "features" / "steps" / "own.py").write_text(own)
    text = f'{ONE}  Scenario: T\n    Given I store "1" under "x"\n  Scenario: U\n    Given the process ends\n'
    (project / "features" / "a.feature").write_text(text)
    ran = apitest(project, "run")
    assert ran.status == -9
    assert [line.split()[:2] for line in ran.output.splitlines()] == [
        ["F", "features/a.feature"],
        ["✓", "S"],
        ["✓", "T"],
    ]
