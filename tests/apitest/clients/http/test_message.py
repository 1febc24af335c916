"""Requests and answers as records."""

from urllib3.util import SKIP_HEADER

from apitest.clients.http.message import NOT_SENT, Headers, Outgoing, Received, merged


def test_names_of_headers_are_alike_in_any_case() -> None:
    """A header is found, replaced and removed whatever the case of its name; the last spelling is shown."""
    headers = Headers([("X-One", "1"), ("x-one", "2"), ("Y", b"3")])
    assert list(headers.items()) == list(headers.pairs()) == [("x-one", "2"), ("Y", b"3")]
    assert (headers["X-ONE"], "x-One" in headers, 1 in headers, len(headers)) == ("2", True, False, 2)
    assert (headers.text("y"), headers.text("z"), headers.text("z", "none")) == ("3", "", "none")
    other = headers.copy()
    del other["Y"]
    assert (list(other), list(headers)) == (["x-one"], ["x-one", "Y"])


def test_headers_of_one_name_are_one() -> None:
    """Their values stand in one header with commas between, which keeps the first spelling."""
    assert list(merged([("A", "1"), ("B", "2"), ("a", "3")]).items()) == [("A", "1, 3"), ("B", "2")]


def test_a_copy_of_a_request_is_apart() -> None:
    """What is changed in the copy stays as it was in the request."""
    request = Outgoing("POST", "http://h/", Headers([("A", "1")]), b"body")
    copy = request.copy()
    copy.headers["A"], copy.body = "2", None
    assert (request.headers["A"], request.body) == ("1", b"body")


def test_redirects() -> None:
    """A redirect has a status of one, and says where to."""
    request = Outgoing("GET", "http://h/", Headers())
    for status, location, expected in ((302, True, True), (308, True, True), (304, True, False), (302, False, False)):
        fields = [("Location", "/x")] if location else []
        assert Received(status, "", "http://h/", Headers(fields), fields, b"", request).is_redirect is expected


def test_all_headers_of_a_name() -> None:
    """Each of the headers of one name is there, although they are shown as one."""
    fields = [("Set-Cookie", "a=1"), ("X", "2"), ("set-cookie", "b=2")]
    answer = Received(200, "", "http://h/", merged(fields), fields, b"", Outgoing("GET", "http://h/", Headers()))
    assert answer.all("Set-Cookie") == ["a=1", "b=2"]


def test_the_mark_of_what_is_not_sent() -> None:
    """It is that of urllib3, which some requests still go through."""
    assert NOT_SENT == SKIP_HEADER
