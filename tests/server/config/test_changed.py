from dataclasses import replace
from pathlib import Path

from apitest_server.config import parse
from apitest_server.config.changed import changes

BEFORE = """
[main]
name = one
[logging]
level = INFO
[security]
[[users]]
type = basic-auth
username = u
password = secret
[rest]
[[a]]
path = /a
service = zato.ping
[[b]]
path = /b
service = zato.ping
[deploy_internal]
ping = True
"""


def test_what_a_running_server_can_follow_is_told_apart(tmp_path: Path) -> None:
    """By the names of sections, keys, channels and definitions; no value is in it."""
    after = (
        BEFORE.replace("INFO", "DEBUG")
        .replace("secret", "other")
        .replace("path = /a", "path = /c")
        .replace("[[b]]", "[[d]]")
        .replace("ping = True", "ping = False")
        .replace("name = one", "name = one\n[limits]\nrequest_timeout = 5\nthreads = 3")
    )
    found = changes(parse(BEFORE, tmp_path / "server.conf"), parse(after, tmp_path / "server.conf"))
    assert found.applied == ["limits.request_timeout", "logging.level"]
    assert found.needs_restart == [
        "limits.threads", "security.users", "rest.a", "rest.b", "rest.d", "deploy_internal.ping",
    ]  # fmt: skip


def test_what_the_command_line_says_does_not_differ(tmp_path: Path) -> None:
    """The port that it was started with is not that of the file; a name of a service that may be called is a value."""
    config = parse(BEFORE, tmp_path / "server.conf")
    started = replace(config, main=replace(config.main, port=1, trusted_proxies=()), overridden=("main.port",))
    assert changes(started, config) == ([], [])
    after = parse(BEFORE + "[pubsub]\nwsx_gateway_service_allowed = a\n", tmp_path / "server.conf")
    assert changes(config, after) == ([], ["pubsub.wsx_gateway_service_allowed"])
