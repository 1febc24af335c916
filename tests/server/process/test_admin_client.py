from pathlib import Path

import pytest

from apitest_server.errors import CallFailed, NotRunning
from apitest_server.process import admin_client


def test_no_server_is_no_answer(tmp_path: Path) -> None:
    """Where none runs, nothing is called."""
    (tmp_path / "server.conf").write_text("")
    with pytest.raises(NotRunning):
        admin_client.call(tmp_path, "zato.ping")


def test_what_stands_in_a_good_envelope_is_the_answer() -> None:
    """Under whatever name; an envelope with nothing in it is None."""
    env = '"zato_env": {"result": "ZATO_OK", "cid": "1"}'
    assert admin_client._element("a", 200, f'{{{env}, "a_response": [1]}}'.encode()) == [1]
    assert admin_client._element("a", 200, f"{{{env}}}".encode()) is None


def test_a_refusal_is_told_with_its_cid() -> None:
    """And with the service that refused."""
    body = b'{"zato_env": {"result": "ZATO_ERROR", "details": "No such job", "cid": "abc"}}'
    with pytest.raises(CallFailed, match=r"job\.get: No such job(?s:.*)cid abc"):
        admin_client._element("job.get", 404, body)


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"null", b"{}", b'{"zato_env": {"result": "ZATO_ERROR"}}'])
def test_an_answer_of_something_else_is_told_with_its_status(body: bytes) -> None:
    """A proxy may answer in the server's place."""
    with pytest.raises(CallFailed, match=r"answered job\.get with 502"):
        admin_client._element("job.get", 502, body)
