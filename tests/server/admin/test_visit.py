"""Tests of apitest_server.admin.visit."""

import pytest

from apitest_server.admin.calls import Calls
from apitest_server.admin.visit import Visit
from apitest_server.errors import Forbidden
from apitest_server.invoke.invoker import new_cid
from apitest_server.service.http import HTTPRequest
from tests.server.admin.visitor import Visitor
from tests.server.asgi import scope


def visit(visitor: Visitor, body: bytes = b"", session: str = "s", **headers: str) -> Visit:
    given = {"Content-Type": "application/x-www-form-urlencoded", **headers}
    request = HTTPRequest(scope("POST", "/x?a=1&a=2", given), body)
    return Visit(request, {}, Calls(visitor.client.app.invoker, new_cid()), session)


def test_what_was_sent(visitor: Visitor) -> None:
    """The last value of each field, and nothing for what is not there."""
    made = visit(visitor, b"a=x&a=y")
    assert (made.text("a"), made.text("b"), made.query) == ("y", "", {"a": "2"})


def test_forms_of_the_same_session_are_taken(visitor: Visitor) -> None:
    """The proof is in a field or, from a script, in a header; that of another session is refused."""
    proof = visit(visitor).proof
    visit(visitor, f"proof={proof}".encode()).check_proof()
    visit(visitor, X_Proof=proof).check_proof()
    for body in (b"", b"proof=", f"proof={proof}".encode()):
        with pytest.raises(Forbidden, match="another session"):
            visit(visitor, body, "another").check_proof()


def test_which_page_is_asked_for(visitor: Visitor) -> None:
    """The first one where that cannot be read."""
    for text, number in (("7", 7), ("", 1), ("x", 1), ("-1", 1), ("²", 1), ("1234567", 1)):
        request = HTTPRequest(scope("GET", "/x"))
        request.query["page"] = [text]
        assert Visit(request, {}, Calls(visitor.client.app.invoker, new_cid())).page_number == number, text
