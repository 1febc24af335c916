"""A feature that runs once, asked for by a step."""

from pathlib import Path

import pytest

from apitest.clients.http import client as http
from apitest.errors import UsageError
from apitest.shared import Stored
from tests.apitest.steps.playing import Play


@pytest.fixture
def file(play: Play) -> Path:
    """A feature that can be asked for."""
    file = Path(play.zato.environment_dir) / "once" / "a.feature"
    file.parent.mkdir(parents=True)
    file.write_text("")
    return file


def test_what_it_left_is_taken_over(play: Play, file: Path) -> None:
    """Its variables and secrets are there afterwards, beside those of the feature."""
    asked: list[Path] = []
    play.run.once = lambda path: asked.append(path) or Stored({"token": "t-1"}, (), ("hidden",))  # type: ignore[func-returns-value]
    play('I store "1" under "own"', 'I run "a.feature" once')
    assert (asked, play.zato.user_ctx) == ([file.resolve()], {"own": "1", "token": "t-1"})
    assert "hidden" in play.run.secrets
    assert http.kept_cookies(play.zato).is_empty()


def test_without_a_run(play: Play, file: Path) -> None:
    """Where no run can run it, that is told."""
    with pytest.raises(UsageError, match="no run is under way"):
        play('I run "a.feature" once')
