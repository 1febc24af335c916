"""Tests of apitest_server.config.kinds."""

from collections.abc import Callable
from typing import Any

import pytest

from apitest_server.config import kinds


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (kinds.any_text, "", ""),
        (kinds.text, "a", "a"),
        (kinds.boolean, "True", True),
        (kinds.boolean, "off", False),
        (kinds.port, "0", 0),
        (kinds.port, "65535", 65535),
        (kinds.positive, "3", 3),
        (kinds.count, "0", 0),
        (kinds.seconds, "1.5", 1.5),
        (kinds.size, "10", 10),
        (kinds.size, "10 MB", 10 * 1024 * 1024),
        (kinds.size, "1kb", 1024),
        (kinds.log_level, "debug", "DEBUG"),
        (kinds.security_type, "jwt", "jwt"),
        (kinds.data_format, "raw", "raw"),
        (kinds.path, "/a", "/a"),
        (kinds.database_url, "", ""),
        (kinds.database_url, "sqlite:///x.db", "sqlite:///x.db"),
        (kinds.database_url, "postgresql://u:p@h/d", "postgresql://u:p@h/d"),
        (kinds.database_url, "postgresql://u:p%40:w@[::1]:5,h/d?a=b&c=", "postgresql://u:p%40:w@[::1]:5,h/d?a=b&c="),
        (kinds.host_names, "API.example.com, shop", ("api.example.com", "shop")),
        (kinds.names, " a.b ,c, ", ("a.b", "c")),
        (kinds.names, "", ()),
        (kinds.methods, "get, POST", ("GET", "POST")),
        (kinds.methods, "", ()),
        (kinds.origins, "https://a.example, null,", ("https://a.example", "null")),
    ],
)
def test_a_text_becomes_its_value(kind: Callable[[str], Any], text: str, value: Any) -> None:
    """A text that is right becomes a value of its kind."""
    assert kind(text) == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (kinds.text, ""),
        (kinds.boolean, "maybe"),
        (kinds.port, "65536"),
        (kinds.port, "-1"),
        (kinds.positive, "0"),
        (kinds.count, "-1"),
        (kinds.count, "some"),
        (kinds.seconds, "soon"),
        (kinds.seconds, "0"),
        (kinds.seconds, "inf"),
        (kinds.seconds, "nan"),
        (kinds.size, "0"),
        (kinds.size, "10 TB"),
        (kinds.log_level, "LOUD"),
        (kinds.security_type, "kerberos"),
        (kinds.data_format, "yaml"),
        (kinds.path, "a"),
        (kinds.path, "/a?b=c"),
        (kinds.database_url, "mysql://u:p@h/d"),
        (kinds.database_url, "postgresql://u:p/w@h/d"),
        (kinds.database_url, "postgresql://u:1?w@h/d"),
        (kinds.database_url, "postgresql://u:1#w@h/d"),
        (kinds.database_url, "postgresql://u:p@w@h/d"),
        (kinds.database_url, "postgresql://u:p%w@h/d"),
        (kinds.database_url, "postgresql://u:p w@h/d"),
        (kinds.database_url, "postgresql://u:pw"),
        (kinds.host_names, "api.example.com:80"),
        (kinds.host_names, "https://api.example.com"),
        (kinds.methods, "GET, FETCH"),
        (kinds.origins, "a.example"),
        (kinds.origins, "https://a.example/path"),
    ],
)
def test_a_text_that_is_wrong_is_a_value_error(kind: Callable[[str], Any], text: str) -> None:
    """A text that is wrong is an error that says what was expected."""
    with pytest.raises(ValueError, match=r"must|unknown"):
        kind(text)


def test_proxies_are_addresses_and_networks() -> None:
    """Host names are not: what they stand for may change."""
    assert kinds.networks("10.0.0.1, ::1,192.168.0.0/16") == ("10.0.0.1", "::1", "192.168.0.0/16")
    assert kinds.networks("") == ()
    for wrong in ("proxy", "10.0.0.1/8", "*"):
        with pytest.raises(ValueError, match="must be addresses or networks"):
            kinds.networks(wrong)


@pytest.mark.parametrize(
    ("kind", "choices"),
    [
        (kinds.log_format, ("logfmt", "json")),
        (kinds.password_type, ("clear_text", "digest")),
        (kinds.credential, ("username", "email", "username_or_email")),
    ],
)
def test_one_of_a_few(kind: Callable[[str], str], choices: tuple[str, ...]) -> None:
    """Anything else is refused with all of them."""
    assert [kind(choice) for choice in choices] == list(choices)
    with pytest.raises(ValueError, match=f"^must be one of {', '.join(choices)}$"):
        kind("other")
