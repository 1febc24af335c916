"""Sentences that neither send nor check anything."""

import pytest

from apitest.errors import BadValue
from tests.apitest.steps.playing import Play


def test_placeholders(play: Play) -> None:
    """The sentences that are there for the grammar change nothing."""
    before = dict(play.zato)
    play("When this scenario is invoked", "When this step is invoked", "Then I proceed further")
    assert dict(play.zato) == before


def test_sleep(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    """The scenario waits for as many seconds as it says."""
    slept: list[float] = []
    monkeypatch.setattr("apitest.steps.flow.sleep", slept.append)
    play('I sleep for "0.5"', 'I sleep for "2"')
    assert slept == [0.5, 2]


@pytest.mark.parametrize("seconds", ["-1", "a while"])
def test_sleep_needs_a_time(play: Play, seconds: str) -> None:
    """What is not a time to wait is refused."""
    with pytest.raises(BadValue):
        play(f'I sleep for "{seconds}"')


def test_context_is_cleaned_up(play: Play) -> None:
    """Variables, request, authentication and response are gone; what the project is stays."""
    play.zato.user_ctx["a"] = 1
    play('address "http://h"', 'Basic Auth "u" "p"', "context is cleaned up")
    assert play.zato.user_ctx == {}
    assert play.zato.sign_in is None
    assert play.zato.request.address == ""
    assert play.zato.environment_dir == str(play.run.project.features)


def test_context_is_logged(play: Play) -> None:
    """The stored variables are shown, secrets left out."""
    play.zato.user_ctx.update({"id": 7, "password": "x", "note": "key s3cret-value"})
    play('bearer token "s3cret-value"', "context is logged")
    assert play.events[0].text == 'Stored variables: {"id": 7, "password": "***", "note": "key ***"}'
    assert not play.events[0].verbose_only
