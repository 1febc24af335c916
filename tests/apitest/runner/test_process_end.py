"""A project's own Python that ends the process while a run without workers is under way."""

import os
import threading
from pathlib import Path

import pytest

from apitest.runner import process_end
from tests.apitest.command_line import Ran, apitest, feature
from tests.apitest.report import consumers

OWN = """
import os, threading
from behave import when

@when("the process ends")
def ends(context): os._exit(0)

@when("a child ends")
def child(context):
    if not os.fork():
        os._exit(3)
    assert os.waitstatus_to_exitcode(os.wait()[1]) == 3

@when("a thread ends the process")
def thread(context):
    print("what a step prints is captured")
    ending = threading.Thread(target=os._exit, args=(0,), name="of-its-own")
    ending.start()
    ending.join()
"""
CHECK = ('    Given I store "1" under "x"', '    Then variable "#x" is "1"')


def run(root: Path, sentence: str, *options: str) -> Ran:
    """A run of three scenarios, of which the second one has the sentence."""
    (root / "features" / "steps").mkdir(parents=True)
    (root / "features" / "steps" / "own.py").write_text(OWN)
    second = ["  Scenario: second", *CHECK[:1], f"    When {sentence}", *CHECK[1:]]
    feature(root, "Feature: F", "  Scenario: first", *CHECK, *second, "  Scenario: third", *CHECK)
    return apitest(root, "run", *options)


def test_a_step_that_ends_the_process(tmp_path: Path) -> None:
    """Even with status 0 it fails the run, which is told to its end, in reports as well."""
    ran = run(tmp_path, "the process ends", "--report", f"junit={tmp_path / 'junit'}")
    assert ran.status == 1, ran.output
    assert "ProcessEnded: os._exit(0) would have ended the whole run" in ran.output
    assert "at features/test.feature:7" in ran.output
    assert "1 scenario passed, 1 in error, 1 not run" in ran.output
    assert +consumers.READERS["junit"](tmp_path / "junit") == {"passed": 1, "error": 1}  # what did not run is not there


def test_a_process_of_the_steps_own(tmp_path: Path) -> None:
    """It ends as it says, and the run goes on."""
    ran = run(tmp_path, "a child ends")
    assert (ran.status, "3 scenarios passed" in ran.output) == (0, True), ran.output


def test_a_thread_that_ends_the_process(tmp_path: Path) -> None:
    """That is told, and does not look like a run in which all was well."""
    ran = run(tmp_path, "a thread ends the process")
    assert ran.status == 1, ran.output
    assert "The run is not complete: os._exit(0) in the thread of-its-own has ended it" in ran.output
    assert "✓ first" in ran.output


def test_only_while_it_lasts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Afterwards it ends the process as ever; a status that is not 0 is kept in a thread."""
    ended: list[int] = []
    monkeypatch.setattr(os, "_exit", ended.append)
    with process_end.told():
        with pytest.raises(process_end.ProcessEnded) as error:
            os._exit(4)
        assert error.value.code == 4
        thread = threading.Thread(target=os._exit, args=(5,))
        thread.start()
        thread.join()
    os._exit(6)
    assert ended == [5, 6]
