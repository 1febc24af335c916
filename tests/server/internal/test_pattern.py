from collections.abc import Iterator

import pytest

from apitest_server.internal.pattern import Targets
from tests.server.asgi import Client, served
from tests.server.internal.services import call, refused

_SERVICES = '''
from zato.common.exception import BadRequest
from zato.server.service import Service

class Double(Service):
    """Twice a number."""
    name = "double"

    def handle(self):
        self.response.payload = self.request.payload * 2

class Refuses(Service):
    """Never does it."""
    name = "refuses"

    def handle(self):
        raise BadRequest("never")

class Fails(Service):
    """Has a mistake in it."""
    name = "fails"

    def handle(self):
        raise ValueError("hidden-value-error")
'''


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A server with a service that answers and one that refuses."""
    with served(tmp_path_factory.mktemp("server"), services=_SERVICES) as client:
        yield client


def test_targets_in_both_forms() -> None:
    """An object of names and payloads, or a list that may name a service twice."""
    targets = Targets("targets")
    assert targets.parse({"a": 1, "b": None}) == [("a", 1), ("b", None)]
    assert targets.parse([{"service": "a", "payload": 1}, {"service": "a"}]) == [("a", 1), ("a", None)]
    for wrong in ("a", [{"payload": 1}], [1]):
        with pytest.raises(ValueError, match="must be"):
            targets.parse(wrong)


def test_parallel_calls_answer_in_the_order_of_the_targets(client: Client) -> None:
    """What failed is told beside what was answered."""
    targets = [{"service": "double", "payload": 2}, {"service": "refuses"}, {"service": "double", "payload": "ab"}]
    first, second, third = call(client, "zato.pattern.parallel", {"targets": targets, "at_once": 2})
    assert (first["ok"], first["response"]) == (True, 4)
    assert (second["service"], second["ok"]) == ("refuses", False)
    assert "never" in second["error"]
    assert third["response"] == "abab"


@pytest.mark.parametrize("service", ["zato.pattern.parallel", "zato.pattern.fan-out"])
def test_no_targets_are_refused(client: Client, service: str) -> None:
    """There is nothing to call."""
    assert refused(client, service, {"targets": []}) == (400, "Input field `targets` must not be empty")


def test_a_retry_answers_as_the_service_does(client: Client) -> None:
    """Its response, or its refusal, which is not tried again."""
    answer = call(client, "zato.pattern.invoke-retry", {"service": "double", "payload": 3})
    assert answer == {"service": "double", "response": 6}
    assert refused(client, "zato.pattern.invoke-retry", {"service": "refuses"})[0] == 400
    assert refused(client, "zato.pattern.invoke-retry", {"service": "double", "attempts": 0})[0] == 400


def test_what_a_service_raises_is_in_the_log_only(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    """Its caller is told no more than of any other service that fails, under the cid of the log."""
    answer = client.call("zato.pattern.invoke-retry", {"service": "fails", "attempts": 2, "delay": 0})
    assert (answer.status, "hidden" in answer.text) == (500, False)
    logged = [record for record in caplog.records if record.exc_info and answer.headers["x-zato-cid"] in record.message]
    assert [str(record.exc_info and record.exc_info[1]) for record in logged] == ["hidden-value-error"]


def test_a_fan_out_that_is_waited_for(client: Client) -> None:
    """All targets are done when it returns."""
    outcomes = call(client, "zato.pattern.run-fan-out", {"targets": {"double": 1, "refuses": None}})
    assert [(outcome["service"], outcome["ok"]) for outcome in outcomes] == [("double", True), ("refuses", False)]
