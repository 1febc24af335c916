"""Tests of apitest_server.config.reader."""

from pathlib import Path

import pytest

from apitest_server.config import Config, Limits, Main, load, parse
from apitest_server.errors import ConfigError, StartError

CONF = Path("/srv/server.conf")

FULL = """\
[main]
name = one
port = 0
[limits]
body_size = 1 KB
[security]
    [[admins]]
    type = basic-auth
    username = admin
    password = "a # b"
[rest]
    [[one]]
    path = /one/{id}
    service = my.one
    methods = GET, POST
    security = admins
[websocket]
    [[chat]]
    path = /chat
    service = my.chat
    security = admins
    token_ttl = 60
    max_message_size = 2 MB
    origins = https://a.example, https://b.example
[pubsub]
wsx_gateway_service_allowed = shop.order, zato.ping
confirm_timeout = 0.5
[deploy_internal]
ping = False
"""


def test_a_file_becomes_one_frozen_object() -> None:
    """All sections are read, each value as its kind."""
    config = parse(FULL, CONF)
    assert config.main == Main(name="one", port=0)
    assert config.limits.body_size == 1024
    assert config.security[0].password == "a # b"
    assert config.rest[0].methods == ("GET", "POST")
    [chat] = config.websocket
    assert (chat.name, chat.port, chat.token_ttl, chat.max_message_size) == ("chat", 0, 60.0, 2 * 1024**2)
    assert chat.origins == ("https://a.example", "https://b.example")
    assert config.pubsub.wsx_gateway_service_allowed == ("shop.order", "zato.ping")
    assert (config.pubsub.confirm_timeout, config.pubsub.batch_size) == (0.5, 100)
    assert config.deploy_internal == {"ping": False}
    assert config.services_directory == Path("/srv/services")


def test_every_key_has_a_default() -> None:
    """An empty file is a server that listens on 127.0.0.1."""
    config = parse("", CONF)
    assert config == Config(directory=Path("/srv"))
    assert (config.main.host, config.limits) == ("127.0.0.1", Limits())


def test_all_problems_are_reported_together_with_their_lines() -> None:
    """A file with nine mistakes gives nine problems, in the order of the lines."""
    text = """\
stray = 1
[mian]
[main]
prot = 1
port = high
[[inner]]
[security]
[[a]]
type = jwt
[rest]
[[c]]
path = x
security = b
[deploy_internal]
ping = perhaps
[[x]]
"""
    with pytest.raises(ConfigError) as caught:
        parse(text, CONF)
    problems = caught.value.problems
    assert [line.split(": ")[0] for line in problems] == [
        f"{CONF}:{number}" for number in (1, 2, 4, 5, 6, 8, 11, 12, 13, 15, 16)
    ]
    assert "did you mean `main`?" in problems[1]
    assert "did you mean `port`?" in problems[2]
    assert "needs the key `secret`" in problems[5]
    assert "needs the key `service`" in problems[6]
    assert "11 problems" in str(caught.value)


def test_keys_outside_of_named_sections_are_problems() -> None:
    """[rest] and [security] hold sections, no keys."""
    with pytest.raises(ConfigError, match=r"`path` stands in no `\[\[name\]\]` of `\[rest\]`"):
        parse("[rest]\npath = /x\n", CONF)


def test_a_missing_file_is_an_error_that_names_it(tmp_path: Path) -> None:
    """A directory without server.conf is not a server."""
    with pytest.raises(StartError, match="There is no server in") as raised:
        load(tmp_path)
    assert raised.value.where == str(tmp_path / "server.conf")


def test_a_file_that_is_no_text_is_an_error(tmp_path: Path) -> None:
    """server.conf is UTF-8."""
    (tmp_path / "server.conf").write_bytes(b"[main]\nname = \xff\n")
    with pytest.raises(ConfigError, match="not UTF-8, at byte 14"):
        load(tmp_path)


def test_a_file_is_read_from_its_directory(tmp_path: Path) -> None:
    """Relative paths of server.conf start at its directory."""
    (tmp_path / "server.conf").write_text("[services]\ndirectory = mine\n")
    assert load(tmp_path).services_directory == tmp_path / "mine"


def test_an_unknown_module_of_internal_services_is_a_problem(tmp_path: Path) -> None:
    """Its line is named, and the module that may have been meant."""
    with pytest.raises(ConfigError) as caught:
        parse("[deploy_internal]\nping = True\npong = False\nnope = maybe\n", tmp_path / "server.conf", ["ping", "x"])
    said = [problem.partition("server.conf:")[2] for problem in caught.value.problems]
    assert said == [
        "3: there is no module `pong` of internal services; did you mean `ping`?",
        "4: `nope = maybe` must be True or False",
        "4: there is no module `nope` of internal services",
    ]


def test_the_url_of_the_odb_is_not_shown() -> None:
    """It may hold a password."""
    config = parse("[odb]\nurl = postgresql://u:secret@h/d\n", Path("/server/server.conf"))
    assert config.odb.url == "postgresql://u:secret@h/d"
    assert "secret" not in repr(config)
