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


def test_what_is_urgent_comes_first() -> None:
    """However short it is, and whatever file a worker has read."""
    waiting = [Unit("a", 0, 1, seconds=9.0), Unit("b", 1, 2, urgent=True), Unit("a", 2, 3, seconds=9.0)]
    queue = Queue(waiting, workers=2)
    assert [queue.take("a")[0].file for _ in range(3)] == ["b", "a", "a"]


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


def test_a_batch_ends_with_its_file() -> None:
    """However much a worker has left to do."""
    queue = Queue([Unit(file, n, n + 1, seconds=1.0) for n, file in enumerate("a" * 3 + "b" * 37)], workers=1)
    assert [unit.file for unit in queue.take()] == ["a", "a", "a"]
    assert len(queue.take()) > 3


def test_a_worker_goes_on_with_its_file() -> None:
    """It has read that already; others begin with files that nobody has read, and help once there are none."""
    waiting = [Unit(file, n, n + 1, seconds=0.05) for n, file in enumerate("aaaabbbbcccc")]
    queue = Queue(waiting, workers=4)
    first = [queue.take()[0].file for _ in range(3)]
    assert first == ["a", "b", "c"]
    assert [queue.take(file)[0].file for file in ("c", "b", "", "c", "c")] == ["c", "b", "a", "c", "c"]
    assert queue.take("c")[0].file == "a"


def test_what_takes_longer_comes_before_a_workers_file() -> None:
    """A file is no reason to leave the longest for the end, and an order that was asked for stays as it is."""
    waiting = [Unit("a", 0, 1, seconds=0.05), Unit("a", 1, 2, seconds=0.05), Unit("b", 2, 3, seconds=5.0)]
    queue = Queue(waiting, workers=2)
    assert [queue.take("a")[0].file for _ in range(3)] == ["b", "a", "a"]
    mixed = [Unit(file, n, n + 1) for n, file in enumerate("abab")]
    queue = Queue(mixed, workers=2, ordered=True)
    assert [queue.take("b")[0].file for _ in range(4)] == ["a", "b", "a", "b"]


def test_units_that_are_alike_stay_together() -> None:
    """Durations that differ by chance do not tear the scenarios of a file apart."""
    waiting = [Unit(file, n, n + 1, seconds=0.100 + n % 3 / 100) for n, file in enumerate("aaabbb")]
    queue = Queue(waiting, workers=1, ordered=False)
    taken = []
    file = ""
    while batch := queue.take(file):
        file = batch[0].file
        taken += [unit.position for unit in batch]
    assert taken == [0, 1, 2, 3, 4, 5]
