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
