"""The queue: everything is handed out exactly once, nothing beside what it is kept from, the longest first."""

from hypothesis import given
from hypothesis import strategies as st

from apitest.parallel.locks import Locks
from apitest.parallel.queue import Queue
from apitest.parallel.units import Keep, Unit

KEEPS = st.just(Keep()) | st.builds(Keep, st.booleans(), st.frozensets(st.sampled_from("ab")))
DETAILS = st.lists(st.tuples(st.sampled_from("fgh"), st.floats(0, 9), KEEPS), max_size=30)


def units(details: list[tuple[str, float, Keep]]) -> list[Unit]:
    """Scenarios in files, in the order of the files."""
    ordered = sorted(details, key=lambda detail: detail[0])
    return [Unit(file, n, n + 1, f"s{n}", seconds, keep) for n, (file, seconds, keep) in enumerate(ordered)]


@given(DETAILS, st.integers(1, 5), st.booleans(), st.data())
def test_everything_runs_exactly_once(
    details: list[tuple[str, float, Keep]], workers: int, ordered: bool, data: st.DataObject
) -> None:
    """However workers come and go, and give back what did not run, each unit is done once, apart from others."""
    waiting = units(details)
    queue, locks = Queue(waiting, workers, ordered), Locks()
    running: list[tuple[Unit, ...]] = []
    done: list[Unit] = []
    for _ in range(200):
        if len(running) < workers and (batch := queue.take()):
            assert len({unit.file for unit in batch}) == 1
            locks.start(batch[0].keep)
            assert len(batch) == 1 or all(unit.keep == Keep() for unit in batch)
            running.append(batch)
        elif running:
            batch = running.pop(data.draw(st.integers(0, len(running) - 1)))
            queue.done(batch)
            locks.end(batch[0].keep)
            left = batch[1:] if len(done) % 3 == 1 else ()
            queue.put_back(left)
            done += batch[: len(batch) - len(left)]
        else:
            break
    assert len(queue) == 0
    assert sorted(done, key=lambda unit: unit.position) == waiting


def test_the_longest_comes_first() -> None:
    """Features are handed out by their expected durations, those that share a lock by what they take together."""
    lock = Keep(False, frozenset("a"))
    waiting = [
        Unit(name, n, seconds=seconds, keep=keep)
        for n, (name, seconds, keep) in enumerate(
            [
                ("short", 1.0, Keep()),
                ("alone", 9.0, Keep(True)),
                ("long", 5.0, Keep()),
                ("x", 3.0, lock),
                ("y", 3.0, lock),
            ]
        )
    ]
    queue = Queue(waiting, 2)
    taken = []
    while batch := queue.take():
        taken.append(batch[0].file)
        if batch[0].keep.locks:
            queue.done(batch)
    assert taken == ["x", "y", "long", "short"], "what is serial has to wait until nothing runs"
    queue = Queue(waiting, 2, ordered=True)
    assert [queue.take()[0].file for _ in range(3)] == ["short", "long", "x"]


def test_batches_grow_short() -> None:
    """Alike scenarios of a file go together, in ever smaller batches, the last ones alone."""
    queue = Queue([Unit("f", n, n + 1, seconds=1.0) for n in range(100)], workers=2)
    sizes = []
    while batch := queue.take():
        sizes.append(len(batch))
    assert sum(sizes) == 100
    assert sizes[0] > 5
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-4:] == [1, 1, 1, 1]
