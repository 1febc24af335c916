"""Tests of apitest_server.outgoing.solr_http."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from requests import Session

from apitest_server.errors import Conflict, HTTPError, NotFound, RemoteError, ServiceTimeout, ServiceUnavailable
from apitest_server.outgoing.notices import Notices
from apitest_server.outgoing.solr_http import SolrAdapter, answer_of, solr_session
from apitest_server.outgoing.tls import context
from tests.apitest.web import WebServer
from tests.ports import free_port


@pytest.fixture
def web() -> Iterator[WebServer]:
    server = WebServer()
    yield server
    server.close()


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    adapter = SolrAdapter("Shop", Notices("Solr"), "s3cret", 1, context({}, tmp_path), False)
    made = solr_session(adapter, ("ż".encode(), b"s3cret"), True)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("series", "expected", "said"),
    [
        (404, NotFound, "`Shop` refuses it: 404 Not Found"),
        (409, Conflict, "`Shop` refuses it: 409 Conflict"),
        (500, RemoteError, "`Shop` refuses it: 500 Internal Server Error"),
        ("cut", ServiceUnavailable, "`Shop` cannot be reached: "),
    ],
)
def test_what_is_answered(
    web: WebServer, session: Session, series: object, expected: type[HTTPError], said: str
) -> None:
    """A refusal becomes an error that says whose fault it is; so does an answer that ends too soon."""
    web.series = [series]
    with pytest.raises(expected) as caught:
        session.get(f"{web.address}/series", timeout=60)
    assert caught.value.details.startswith(said) and "s3cret" not in caught.value.details


def test_an_answer_that_stops(web: WebServer, session: Session) -> None:
    """It is waited for no longer than for one that does not begin."""
    with pytest.raises(ServiceTimeout, match=r"^`Shop` does not answer$"):
        session.get(f"{web.address}/stuck", timeout=0.2)


def test_who_is_away_is_told_once(session: Session, caplog: pytest.LogCaptureFixture) -> None:
    """With what the operating system says."""
    caplog.set_level(logging.WARNING, "apitest.outgoing")
    for _ in range(2):
        with pytest.raises(ServiceUnavailable, match=r"^`Shop` cannot be reached: Connection refused$"):
            session.get(f"http://127.0.0.1:{free_port()}", timeout=60)
    assert len(caplog.records) == 1


def test_credentials_go_along(web: WebServer, session: Session) -> None:
    """In UTF-8; an answer that is not Solr's is none."""
    found = session.get(f"{web.address}/echo", timeout=60)
    assert found.json()["headers"]["authorization"] == "Basic xbw6czNjcmV0"
    assert answer_of(found) is None
