"""Tests of apitest_server.sso.attributes."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apitest_server.sso import attributes
from tests.server.sso.place import Rest, sso
from tests.server.sso.test_sessions import later

PATHS = ("user/attr", "session/attr")
NOT_ALLOWED = ["E005001"]
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)


def maria_of(rest: Rest) -> Rest:
    rest.user("maria")
    return rest.log_in("maria")


@pytest.mark.parametrize("path", PATHS)
def test_the_life_of_an_attribute(tmp_path: Path, path: str) -> None:
    """It is added, changed, read, and deleted; what cannot be done changes nothing."""
    with sso(tmp_path) as (rest, _):
        maria = maria_of(rest)
        assert maria.codes("PATCH", path, name="a", value=1) == ["E009002"]
        maria.good("POST", path, name="a", value={"x": [1, None]})
        assert maria.codes("POST", path, data=[{"name": "b", "value": 1}, {"name": "a", "value": 1}]) == ["E009001"]
        assert maria.good("GET", f"{path}/names")["result"] == ["a"]
        found = maria.good("GET", path, name="a")
        assert (found["found"], found["value"], found["expiration_time"]) == (True, {"x": [1, None]}, None)
        maria.good("PUT", path, data=[{"name": "b", "value": 2}, {"name": "a", "value": 3}])
        assert maria.good("GET", path, data=["a", "b"])["result"]["b"]["value"] == 2
        assert maria.good("GET", path, name="c")["found"] is False
        assert maria.good("GET", f"{path}/exists", data=["a", "c"])["result"] == {"a": True, "c": False}
        assert maria.good("GET", f"{path}/exists", name="a")["result"] is True
        assert maria.codes("DELETE", path, data=["a", "c"]) == ["E009002"]
        maria.good("DELETE", path, data=["a", "b"])
        assert maria.good("GET", f"{path}/names")["result"] == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(JSON, st.booleans())
def test_any_value_comes_back(attr_owner: Rest, value: Any, encrypt: bool) -> None:
    """Whatever JSON can hold, encrypted or not."""
    attr_owner.good("PUT", "user/attr", name="a", value=value, encrypt=encrypt)
    found = attr_owner.good("GET", "user/attr", name="a")
    assert (found["value"], found["is_encrypted"]) == (value, encrypt)


@pytest.fixture(scope="module")
def attr_owner(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with sso(tmp_path_factory.mktemp("server")) as (rest, _):
        yield maria_of(rest)


def test_what_is_encrypted_stays_so(tmp_path: Path) -> None:
    """Unless a change says otherwise; nothing of it is in the database."""
    with sso(tmp_path) as (rest, _):
        maria = maria_of(rest)
        maria.good("POST", "user/attr", name="ssn", value="078-05-1120", encrypt=True)
        maria.good("PATCH", "user/attr", name="ssn", value="219-09-9999")
        told = maria.good("GET", "user/attr", name="ssn", decrypt=False)
        assert told["is_encrypted"] is True
        assert told["value"].startswith("encrypted:")
        assert maria.good("GET", "user/attr", name="ssn")["value"] == "219-09-9999"
        maria.good("PUT", "user/attr", name="plain", value="plain as day")
    content = b"".join(path.read_bytes() for path in tmp_path.rglob("odb.sqlite*"))
    assert [text in content for text in (b"078-05-1120", b"219-09-9999", b"plain as day")] == [False, False, True]


def test_attributes_expire(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After so many seconds; then their names are free, and how long they go on can be changed."""
    with sso(tmp_path) as (rest, _):
        maria = maria_of(rest)
        attrs = [{"name": "a", "value": 1}, {"name": "b", "value": 1, "expiration": 300}]
        maria.good("POST", "user/attr", data=attrs, expiration=10)
        assert maria.codes("PATCH", "user/attr/expiry", name="c", expiration=5) == ["E009002"]
        later(rest.client, 11, monkeypatch)
        assert maria.good("GET", "user/attr/names")["result"] == ["b"]
        assert maria.codes("PATCH", "user/attr", name="a", value=2) == ["E009002"]
        maria.good("POST", "user/attr", name="a", value=2, expiration=10)
        maria.good("PATCH", "user/attr/expiry", name="a", expiration=1000)
        later(rest.client, 500, monkeypatch)
        assert maria.good("GET", "user/attr", name="a")["value"] == 2
        maria.good("PATCH", "user/attr/expiry", name="a")
        assert maria.good("GET", "user/attr", name="a")["expiration_time"] is None


def test_whose_attributes_they_are(tmp_path: Path) -> None:
    """One's own; super-users also those of others. Those of a session are of this one alone, and end with it."""
    with sso(tmp_path) as (rest, boss):
        number = rest.user("maria")
        first, second = rest.log_in("maria"), rest.log_in("maria")
        own = boss.good("GET", "user")["user_id"]
        first.good("POST", "user/attr", name="a", value=1)
        first.good("POST", "session/attr", name="s", value=1)
        assert second.good("GET", "user/attr/names")["result"] == ["a"]
        assert second.good("GET", "session/attr/names")["result"] == []
        assert second.codes("GET", "session/attr/names", target_ust=first.ust) == NOT_ALLOWED
        assert second.codes("GET", "user/attr/names", user_id=own) == NOT_ALLOWED
        assert boss.good("GET", "user/attr/names", user_id=number)["result"] == ["a"]
        assert boss.good("GET", "session/attr/names", target_ust=first.ust)["result"] == ["s"]
        assert boss.codes("GET", "session/attr/names", target_ust="none") == ["E007001"]
        assert rest.codes("GET", "user/attr/names") == NOT_ALLOWED
        first.good("POST", "user/logout")
        with rest.client.app.odb.reading() as session:
            assert [row.name for row in session.query(attributes.SSOAttribute)] == ["a"]


@pytest.mark.parametrize(
    "wrong",
    [
        {}, {"name": ""}, {"name": "a" * 501}, {"name": "a\x00"}, {"name": "a", "value": "x" * 100_001}, {"data": []},
        {"data": "a"}, {"data": ["a"]}, {"data": [{"value": 1}]}, {"name": "a", "expiration": 0},
        {"name": "a", "expiration": "soon"}, {"data": [{"name": "a", "expiration": "soon"}]},
    ],
)  # fmt: skip
def test_what_cannot_be_an_attribute(attr_owner: Rest, wrong: dict[str, Any]) -> None:
    """Is refused with what is wrong."""
    assert attr_owner.codes("PUT", "user/attr", **wrong) == ["E008002"]


def test_there_are_not_too_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of one user."""
    monkeypatch.setattr(attributes, "MOST", 2)
    with sso(tmp_path) as (rest, _):
        maria = maria_of(rest)
        maria.good("PUT", "user/attr", data=[{"name": "a"}, {"name": "b"}])
        maria.good("PUT", "user/attr", data=[{"name": "a"}, {"name": "b"}])
        assert maria.codes("PUT", "user/attr", name="c") == ["E008002"]


def test_of_two_servers_one_adds_an_attribute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other one is told that it is there."""
    with sso(tmp_path) as (rest, _):
        maria = maria_of(rest)

        maria.good("POST", "user/attr", name="a")
        monkeypatch.setattr(attributes.Attributes, "_rows", lambda *_: {})  # As it was when the other one looked
        assert maria.codes("POST", "user/attr", name="a") == ["E009001"]
