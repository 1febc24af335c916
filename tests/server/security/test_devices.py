"""Tests of apitest_server.security.devices."""

from http.cookies import SimpleCookie
from pathlib import Path

import pytest

from apitest_server.odb.key import SecretKey
from apitest_server.security import devices as module
from apitest_server.security.devices import NAME, Devices


def value_of(cookie: str) -> str:
    return SimpleCookie(cookie)[NAME].value


def test_a_device_is_known_by_its_cookie(tmp_path: Path) -> None:
    """For the user whom it was made for, on all servers with the key; each device is another one."""
    made = Devices(SecretKey(tmp_path))
    one, two = (value_of(made.cookie("me", "/a/")) for _ in range(2))
    found = {Devices(SecretKey(tmp_path)).of({"cookie": f"a=b; {NAME}={value}"}, "me") for value in (one, two)}
    assert len(found - {""}) == 2
    assert made.of({"cookie": f"{NAME}={one}"}, "you") == ""
    assert made.of({"cookie": f"{NAME}=x; {NAME}={one}"}, "me") in found


def test_pages_cannot_read_the_cookie(tmp_path: Path) -> None:
    """And it is sent to the server's own path only."""
    morsel = SimpleCookie(Devices(SecretKey(tmp_path)).cookie("me", "/a/"))[NAME]
    assert (morsel["httponly"], morsel["samesite"], morsel["path"]) == (True, "Strict", "/a/")


@pytest.mark.parametrize(
    "change",
    [
        lambda value: "",
        lambda value: value[:-1],
        lambda value: "0" + value,
        lambda value: value.replace(".", ".9", 1),
        lambda value: value.partition(".")[0],
        lambda value: value.upper(),
        lambda value: "é" + value,
        lambda value: ".".join((value.partition(".")[0], "x", value.rpartition(".")[2])),
    ],
)
def test_a_changed_cookie_shows_no_device(tmp_path: Path, change: object) -> None:
    """Whatever was changed."""
    made = Devices(SecretKey(tmp_path))
    assert callable(change)
    assert made.of({"cookie": f"{NAME}={change(value_of(made.cookie('me', '/')))}"}, "me") == ""


def test_a_cookie_expires(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On the server as well as in the browser."""
    made = Devices(SecretKey(tmp_path))
    value = value_of(made.cookie("me", "/"))
    now = module.time.time()
    monkeypatch.setattr(module.time, "time", lambda: now + module.LIFETIME + 1)
    assert made.of({"cookie": f"{NAME}={value}"}, "me") == ""
