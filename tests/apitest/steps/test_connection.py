"""Sentences about how requests travel; what they bring about is tested with the client."""

import pytest

from apitest.clients.http.settings import RequestSettings
from apitest.errors import BadValue, CheckFailed
from tests.apitest.steps.answers import answers_json
from tests.apitest.steps.playing import Play


def test_defaults(play: Play) -> None:
    """Where nothing is said: 30 seconds, certificates checked, none shown, redirects followed."""
    assert play.zato.settings(RequestSettings) == RequestSettings(30.0, True, None, True)


def test_settings(play: Play) -> None:
    """Each sentence changes one setting and its counterpart changes it back."""
    play('timeout is "2.5"', "TLS verification is off", "redirects are not followed")
    assert play.zato.settings(RequestSettings) == RequestSettings(2.5, False, None, False)
    play("TLS verification is on", "redirects are followed")
    assert play.zato.settings(RequestSettings) == RequestSettings(2.5, True, None, True)
    play("context is cleaned up")
    assert play.zato.settings(RequestSettings).timeout == 30


def test_a_response_came_with_the_settings_of_its_request(play: Play) -> None:
    """After a setting of requests was changed, the last response is none to them; settings of Cassandra's are none."""
    answers_json(play, {})
    play('Cassandra port "9043"', "Cassandra TLS is off", 'path "" is an empty dict')
    with pytest.raises(CheckFailed, match="was changed after it was sent"):
        play('timeout is "5"', 'path "" is an empty dict')


@pytest.mark.parametrize("seconds", ["0", "-1", "soon"])
def test_time_out_is_a_time(play: Play, seconds: str) -> None:
    """A time-out is a number above zero."""
    with pytest.raises(BadValue):
        play(f'timeout is "{seconds}"')
