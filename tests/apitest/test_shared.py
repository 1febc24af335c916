"""What processes of one run share."""

import multiprocessing
from pathlib import Path

import pytest

from apitest.errors import BadValue, CheckFailed
from apitest.shared import VARIABLE, Shared, Stored


def test_it_is_made_once() -> None:
    """The second time, it is what it was the first time, and a copy of its own."""
    shared = Shared()
    first = shared.get("a", lambda: Stored({"x": [1]}, ({"name": "c"},), ("s",)))
    first.variables["x"].append(2)  # type: ignore[attr-defined]
    assert shared.get("a", _never) == Stored({"x": [1]}, ({"name": "c"},), ("s",))
    assert shared.get("b", lambda: Stored({})) == Stored({})


def test_what_failed_is_not_tried_again(tmp_path: Path) -> None:
    """The first one has the error itself, all others its first line, in other processes, too."""

    def fail() -> Stored:
        raise ValueError("the password is wrong\nmore of it")

    for shared in (Shared(), Shared(tmp_path)):
        with pytest.raises(ValueError, match="the password"):
            shared.get("a", fail)
        others = [shared] if shared._directory is None else [shared, Shared(tmp_path)]
        for other in others:
            with pytest.raises(CheckFailed) as caught:
                other.get("a", _never)
            assert caught.value.problem == "a failed before, and is run once: the password is wrong"


def test_what_json_cannot_have(subtests: pytest.Subtests) -> None:
    """A variable that cannot be taken over is an error that names it."""
    loop: list[object] = []
    loop.append(loop)
    for value, kind in [(object(), "object"), ({1, 2}, "set"), (loop, "list")]:
        with (
            subtests.test(kind),
            pytest.raises(BadValue, match=f'The variable "v" cannot be shared: it holds a {kind}'),
        ):
            Shared().get("a", lambda value=value: Stored({"v": value}))  # type: ignore[misc]


def test_the_environment_says_where(tmp_path: Path) -> None:
    """Processes that have the variable share; others keep what they made to themselves."""
    Shared.of({VARIABLE: str(tmp_path)}).get("a", lambda: Stored({"x": 1}))
    assert Shared.of({VARIABLE: str(tmp_path)}).get("a", _never).variables == {"x": 1}
    assert Shared.of({}).get("a", lambda: Stored({})) == Stored({})
    assert all(file.stat().st_mode & 0o077 == 0 for file in tmp_path.iterdir())


def test_one_process_makes_it_while_others_wait(tmp_path: Path) -> None:
    """Of several that ask at the same time, one makes it."""
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_ask, args=(tmp_path,)) for _ in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * 4
    assert (tmp_path / "made").read_text() == "x"


def _never() -> Stored:
    raise AssertionError("made twice")


def _ask(directory: Path) -> None:
    def make() -> Stored:
        with (directory / "made").open("a") as file:
            file.write("x")
        return Stored({"x": 1})

    assert Shared(directory).get("a", make).variables == {"x": 1}
