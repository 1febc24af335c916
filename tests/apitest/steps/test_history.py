"""What is told of the attempts of a wait."""

from apitest.errors import CheckFailed
from apitest.steps.history import History


def test_many_attempts_are_shortened() -> None:
    """The first and the last fifty attempts are kept, all are counted, and the last changes are told."""
    history = History()
    for number in range(1000):
        history.add(float(number), 0.5, CheckFailed("no", actual=f"{number // 10}"))
    assert history.number == 1000 and len(history.attempts) == 100
    assert [each.at for each in history.attempts][48:52] == [48.0, 49.0, 950.0, 951.0]
    lines = history.changes().splitlines()
    assert lines[0] == "… 88 changes before" and len(lines) == 13
    assert lines[-1] == "after 990.50 s  99"


def test_what_is_told_of_few() -> None:
    """A single attempt says nothing of changes; what stayed the same is told once, on one line and shortened."""
    history = History()
    history.add(0, 0, CheckFailed("no", actual="a\n  b" + "c" * 500))
    assert history.changes() == ""
    history.add(1, 0, CheckFailed("no", actual="a\n  b" + "c" * 500))
    (line,) = history.changes().splitlines()
    assert line.startswith("all the time  a bccc") and len(line) < 150
    history.add(2, 0, None)
    assert history.last is None and history.attempts[-1].problem == ""


def test_a_few_changes_are_all_told() -> None:
    """With when they came."""
    history = History()
    for number in range(3):
        history.add(float(number), 0.5, CheckFailed("no", actual=f"{number}"))
    lines = history.changes().splitlines()
    assert [line.split()[-1] for line in lines] == ["0", "1", "2"]
    assert "before" not in lines[0]
