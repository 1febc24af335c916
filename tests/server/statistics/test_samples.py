"""Tests of apitest_server.statistics.samples."""

import pytest

from apitest_server.invoke.observed import Call
from apitest_server.service.messages import Channel, Request, Response
from apitest_server.statistics.samples import Samples


def called(number: int, seconds: float = 0.0, error: Exception | None = None) -> Call:
    response = None if error else Response()
    if response:
        response.payload = {"n": number, "token": "t"}
    request = Request(None, b"password=x") if error else Request({"n": number, "password": "p"})
    return Call("a", str(number), Channel("my channel", "rest"), request, response, error, seconds)


@pytest.fixture
def samples() -> Samples:
    """At a moment that does not pass."""
    return Samples(lambda: 1.5)


def test_nothing_is_kept_unless_asked(samples: Samples) -> None:
    """Of no service."""
    samples(called(1, 100))
    assert (samples.of("a"), samples.slow("a")) == ([], [])


def test_every_nth_call_is_kept(samples: Samples) -> None:
    """The first, then each one so many later; the newest come first and the oldest go."""
    samples.configure("a", every=3)
    for number in range(7):
        samples(called(number))
    assert [sample["cid"] for sample in samples.of("a")] == ["6", "3", "0"]
    samples.configure("a", every=1)
    for number in range(20):
        samples(called(number))
    assert [sample["cid"] for sample in samples.of("a")] == [str(number) for number in range(19, 9, -1)]


def test_a_sample_has_no_secrets(samples: Samples) -> None:
    """Everything else is there."""
    samples.configure("a", every=1)
    samples(called(1, 0.25))
    [sample] = samples.of("a")
    assert sample["time"].isoformat() == "1970-01-01T00:00:01.500000+00:00"
    del sample["time"]
    assert sample == {
        "cid": "1",
        "service": "a",
        "channel": "my channel",
        "ms": 250.0,
        "request": {"n": 1, "password": "******"},
        "response": {"n": 1, "token": "******"},
        "error": "",
    }


def test_a_failure_is_kept_with_its_error(samples: Samples) -> None:
    """And with the request as it came where it was not decoded."""
    samples.configure("a", every=1)
    samples(called(1, error=KeyError("secret")))
    [sample] = samples.of("a")
    assert (sample["response"], sample["error"], sample["request"]) == (None, "KeyError", "password=******")


def test_slow_calls_are_kept(samples: Samples) -> None:
    """Those above the threshold."""
    samples.configure("a", slow_threshold=100)
    samples(called(1, 0.1))
    samples(called(2, 0.101))
    assert [sample["cid"] for sample in samples.slow("a")] == ["2"]


def test_looking_can_be_ended(samples: Samples) -> None:
    """What was kept stays until the service is forgotten."""
    samples.configure("a", 1, 1)
    samples(called(1, 1))
    samples.configure("a")
    samples(called(2, 1))
    assert [sample["cid"] for sample in samples.of("a") + samples.slow("a")] == ["1", "1"]
    samples.forget("a")
    assert samples.of("a") + samples.slow("a") == []


def test_no_setting_is_below_zero(samples: Samples) -> None:
    """It is an error."""
    with pytest.raises(ValueError, match="0 or more"):
        samples.configure("a", -1)
