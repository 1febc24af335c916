"""Tests of apitest_server.config.edited."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from apitest_server.config import parse
from apitest_server.config.edited import edited

CONF = """\
# About this server
[main]
name = one  # its name
port = 17010

[rest]
    [[main]]
    name = not this one
"""


def test_values_are_changed_and_all_else_stays() -> None:
    """Also comments, and what has the same name elsewhere."""
    changed = edited(CONF, {"main": {"name": "two", "host": "127.0.0.2"}, "odb": {"url": "sqlite:///x"}})
    expected = CONF.replace("name = one  # its name", "name = two")
    expected = expected.replace("[main]\nname", "[main]\nhost = 127.0.0.2\nname", 1) + "\n[odb]\nurl = sqlite:///x\n"
    assert changed == expected
    assert edited("", {}) == ""
    assert edited(CONF, {"main": {}}) == CONF


@given(st.from_regex(r"[a-z #=]{0,20}[a-z]", fullmatch=True))
def test_a_value_is_read_as_it_was_written(value: str) -> None:
    """Whatever is in it, for the length of a name."""
    config = parse(edited("[main]\nport = 1\n", {"main": {"name": value}}), Path("server.conf"))
    assert (config.main.name, config.main.port) == (value, 1)
