import pytest

from apitest_server import errors


def _subclasses(kind: type) -> list[type]:
    return [kind, *(inner for one in kind.__subclasses__() for inner in _subclasses(one))]


def test_who_runs_the_server_is_told_what_where_and_what_to_do() -> None:
    """Each on its own line, and only what is known."""
    assert str(errors.StartError("The port is in use", "127.0.0.1:1", "Choose another")) == (
        "The port is in use\n  where: 127.0.0.1:1\n  fix: Choose another"
    )
    assert str(errors.StartError("The port is in use")) == "The port is in use"


def test_all_problems_of_a_configuration_are_told() -> None:
    """With their number, in the order in which they were found."""
    error = errors.ConfigError(["server.conf:1: a", "server.conf:2: b"])
    assert str(error).splitlines()[:3] == [
        "The server's configuration has 2 problems",
        "  server.conf:1: a",
        "  server.conf:2: b",
    ]
    assert "has 1 problem\n" in str(errors.ConfigError(["a"]))


def test_each_status_is_one_of_http_and_has_words() -> None:
    """What goes on the wire is never empty."""
    for kind in _subclasses(errors.HTTPError):
        assert 400 <= kind.status <= 504  # type: ignore[attr-defined]
        assert kind.default  # type: ignore[attr-defined]
    assert errors.NotFound().details == "Not found"
    assert errors.NotFound("No such order").details == "No such order"


def test_strangers_are_not_told_which_services_there_are() -> None:
    """The name that was asked for, and what is near, are for the log."""
    error = errors.NoSuchService("shop.qoute", "shop.quote")
    assert error.details == "No such service"
    assert str(error) == "No such service: `shop.qoute`; did you mean `shop.quote`?"
    disabled = errors.ServiceDisabled("zato.ping", "ping")
    assert disabled.details == "No such service"
    assert "[deploy_internal]" in str(disabled)


def test_a_method_that_is_not_allowed_comes_with_those_that_are() -> None:
    """In the header that HTTP has for them."""
    assert errors.MethodNotAllowed(("GET", "POST")).headers == {"Allow": "GET, POST"}


def test_what_a_room_refuses_is_a_bad_request() -> None:
    """Only a ValueError is; other errors pass, and so does success."""
    with pytest.raises(errors.BadRequest, match="too many"), errors.AsBadRequest():
        raise ValueError("too many")
    with pytest.raises(KeyError), errors.AsBadRequest():
        raise KeyError("a")
    with errors.AsBadRequest():
        pass


def test_existing_services_give_the_cid_first() -> None:
    """The details come second, then the status, or the challenge of a 401."""
    error = errors.BadRequest("cid1", "No such customer")
    assert (error.status, error.details, error.headers) == (400, "No such customer", {})
    error = errors.Unauthorized("cid1", "Sign in", 'Basic realm="a"')
    assert (error.status, error.details, error.headers) == (401, "Sign in", {"WWW-Authenticate": 'Basic realm="a"'})
    assert (errors.HTTPError("cid1", "Tea", 418).status, errors.HTTPError("cid1", "").details) == (
        418,
        "Internal server error",
    )
    refused = errors.MethodNotAllowed("cid1", "Not that way")
    assert (refused.status, refused.details, refused.allowed, refused.headers) == (405, "Not that way", (), {})


def test_what_errors_tell_next_to_their_text() -> None:
    """Whether a database is away, which field is wrong, codes for clients, and what another server answered."""
    assert [errors.DatabaseError("p", is_away=away).is_away for away in (False, True)] == [False, True]
    wrong = errors.InputError("age", "must be a number")
    assert (str(wrong), wrong.field) == ("Input field `age` must be a number", "age")
    refused = errors.Refused(("E001", "E002"), "no", 403)
    assert (refused.codes, refused.sub_status, refused.status) == (("E001", "E002"), ["E001", "E002"], 403)
    assert errors.Refused((), "no").status == 400
    remote = errors.RemoteError("no", 503, "k1")
    assert (remote.details, remote.remote_status, remote.remote_cid) == ("no", 503, "k1")
