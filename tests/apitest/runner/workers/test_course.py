"""How far a scenario came, as the parent of a worker that has died finds it."""

import os
from collections.abc import Iterator
from decimal import Decimal

import pytest

from apitest.parallel.reached import PlannedStep, Reached
from apitest.runner.workers import memory
from apitest.runner.workers.course import Course
from apitest.runner.workers.memory import COURSE


class Shared:
    """A course that is written, and the same one as it is read elsewhere."""

    def __init__(self) -> None:
        descriptor = memory.created()
        self.written, self.read = (Course(memory.of_course(descriptor)) for _ in range(2))
        os.close(descriptor)


@pytest.fixture
def shared() -> Iterator[Shared]:
    """A course and its reader."""
    made = Shared()
    yield made
    made.written.close()
    made.read.close()


STEPS = [PlannedStep("Given", f"step {number} ł", number, "text", (("a",), ("1",))) for number in range(3)]


def test_steps_begin_and_end(shared: Shared) -> None:
    """What is over is there with its seconds, what runs with its time; at the beginning there is nothing."""
    course = shared.written
    assert shared.read.reached() == Reached()
    course.begin(STEPS)
    assert shared.read.reached() == Reached()
    course.step_began(0, 10.0)
    assert shared.read.reached() == Reached((), STEPS[0], 10.0)
    course.step_ended(0, 10.5)
    assert shared.read.reached() == Reached(((STEPS[0], 0.5),))
    course.step_ended(1, 10.5)  # it never began: nothing is known of how it is done
    course.step_began(2, 11.0)
    assert shared.read.reached() == Reached(((STEPS[0], 0.5), (STEPS[1], 0.0)), STEPS[2], 11.0)
    course.begin(STEPS[:1])
    assert shared.read.reached() == Reached()
    course.step_began(0, 12.0)
    course.step_began(1, 13.0)  # there is no such step
    course.step_ended(1, 13.0)
    assert shared.read.reached() == Reached((), STEPS[0], 12.0)


def test_other_words_for_the_same(shared: Shared) -> None:
    """What is told again leaves the times as they are."""
    shared.written.begin(STEPS)
    shared.written.step_began(0, 1.0)
    told = [step._replace(name="***") for step in STEPS]
    shared.written.tell_again(told)
    assert shared.read.reached() == Reached((), told[0], 1.0)


def test_what_has_no_room(shared: Shared) -> None:
    """Long texts and tables are left out, and steps that are too many, all of them; the next scenario has its own."""
    long = [STEPS[0]._replace(text="x" * COURSE)]
    shared.written.begin(long)
    shared.written.step_began(0, 1.0)
    assert shared.read.reached() == Reached((), long[0]._replace(text=None, table=None), 1.0)
    for many in (COURSE, 2000):  # the latter have room without their times
        shared.written.begin([STEPS[0]._replace(name="", text=None, table=None)] * many)
        shared.written.step_began(0, 1.0)
        assert shared.read.reached() == Reached()
        shared.written.tell_again([STEPS[0]._replace(name="", text=None, table=None)] * many)
        shared.written.step_began(0, 1.0)
        assert shared.read.reached() == Reached()
    shared.written.begin(STEPS)
    shared.written.step_began(0, 1.0)
    assert shared.read.reached() == Reached((), STEPS[0], 1.0)


def test_a_table_of_other_things(shared: Shared) -> None:
    """What a project's own Python has put into a table is left out, and the step is told of."""
    odd = STEPS[0]._replace(table=((Decimal(1),),))  # type: ignore[arg-type]  # as a hook may do
    shared.written.begin([odd])
    shared.written.step_began(0, 1.0)
    assert shared.read.reached() == Reached((), odd._replace(text=None, table=None), 1.0)
