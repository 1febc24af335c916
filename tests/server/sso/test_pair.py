"""Two servers of one ODB: what one does with users counts on the other with the next request."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from apitest_server.sso import two_factor
from apitest_server.sso.totp import STEP, code_at, read
from tests.server.sso.place import PASSWORD, Rest, pair, there
from tests.server.sso.test_links import KEY, account, basic, refused, signed_in

NOT_ALLOWED, WRONG = ["E005001"], ["E005004"]


def test_sessions(tmp_path: Path, odb_url: str) -> None:
    """One that a server has opened is one on the other; who is locked, or gets a new password, is out on both."""
    with pair(tmp_path, "", odb_url) as (one, two, boss):
        number = one.user("maria")
        maria = one.log_in("maria")
        assert there(maria, two).good("GET", "user")["username"] == "maria"
        there(boss, two).good("POST", "user/lock", user_id=number)
        assert maria.codes("GET", "user") == NOT_ALLOWED
        boss.good("DELETE", "user/lock", user_id=number)
        again = two.log_in("maria")
        boss.good("PATCH", "user/password", user_id=number, new_password="another good one")
        assert again.codes("GET", "user") == NOT_ALLOWED
        boss.good("POST", "user/logout")
        assert there(boss, two).codes("GET", "user") == NOT_ALLOWED


def test_wrong_passwords(tmp_path: Path, odb_url: str) -> None:
    """Are counted together, and lock out on both."""
    with pair(tmp_path, "max_failures = 2", odb_url) as (one, two, boss):
        number = one.user("maria")
        for rest in (one, two):
            rest.codes("POST", "user/login", username="maria", password="wrong")
        for rest in (one, two):
            assert rest.codes("POST", "user/login", username="maria", password=PASSWORD) == NOT_ALLOWED
        there(boss, two).good("DELETE", "user/lock", user_id=number)
        assert one.log_in("maria").ust


def test_attributes(tmp_path: Path, odb_url: str) -> None:
    """What one server keeps, encrypted or not, the other reads, changes and deletes."""
    with pair(tmp_path, "", odb_url) as (one, two, _):
        one.user("maria")
        here = one.log_in("maria")
        other = there(here, two)
        for path in ("user/attr", "session/attr"):
            here.good("POST", path, name="a", value={"x": 1}, encrypt=True)
            found = other.good("GET", path, name="a")
            assert (found["value"], found["is_encrypted"]) == ({"x": 1}, True)
            assert other.codes("POST", path, name="a") == ["E009001"]
            other.good("PATCH", path, name="a", value=2)
            assert here.good("GET", path, name="a")["value"] == 2
            other.good("DELETE", path, name="a")
            assert here.codes("PATCH", path, name="a", value=3) == ["E009002"]


def test_sign_ups_and_resets_of_an_address(tmp_path: Path, odb_url: str) -> None:
    """Are counted together."""
    with pair(tmp_path, "per_address = 2", odb_url) as (one, two, _):
        signed_up = [
            rest.call("POST", "user/signup", username=name, password=PASSWORD).status
            for name, rest in {"a": one, "b": two, "c": one, "d": two}.items()
        ]
        assert signed_up == [200, 200, 429, 429]
        statuses = [rest.call("POST", "password/reset", credential="nobody").status for rest in (one, two, one, two)]
        assert statuses == [200, 200, 429, 429]


def test_a_sign_up(tmp_path: Path, odb_url: str) -> None:
    """Is confirmed on one server and approved on the other."""
    with pair(tmp_path, "", odb_url) as (one, two, boss):
        token = one.good("POST", "user/signup", username="maria", password=PASSWORD)["confirm_token"]
        two.good("PATCH", "user/signup", confirm_token=token)
        assert one.codes("PATCH", "user/signup", confirm_token=token) == ["E005002"]
        [found] = boss.good("GET", "user/search", sign_up_status="to_approve")["result"]
        there(boss, two).good("POST", "user/approve", user_id=found["user_id"])
        assert one.log_in("maria").ust


def test_codes(tmp_path: Path, odb_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """One is good once, on one of them, also where both are shown it at once; wrong ones are counted together."""
    monkeypatch.setattr(two_factor, "MOST", 2)
    with pair(tmp_path, "", odb_url) as (one, two, boss):
        now = one.client.app.authentication.now()
        for rest in (one, two):
            monkeypatch.setattr(rest.client.app.authentication, "now", lambda: now)
        key = read(boss.good("PATCH", "user/totp")["totp_key"])
        boss.good("PATCH", "user", is_totp_enabled=True)
        early, middle, late = (code_at(key, now + step * STEP) for step in (-1, 0, 1))
        given = {"username": "boss", "password": PASSWORD}
        assert one.log_in("boss", totp_code=early).ust
        assert two.codes("POST", "user/login", **given, totp_code=early) == WRONG
        assert two.log_in("boss", totp_code=middle).ust

        def shown(rest: Rest) -> int:
            return rest.call("POST", "user/login", **given, totp_code=late).status

        with ThreadPoolExecutor(2) as threads:
            assert sorted(threads.map(shown, (one, two))) == [200, 400]
        for rest in (one, two):
            assert rest.codes("POST", "user/login", **given, totp_code=early) == WRONG
        now += 2 * STEP
        for rest in (one, two):
            assert rest.codes("POST", "user/login", **given, totp_code=code_at(key, now)) == WRONG


def test_search(tmp_path: Path, odb_url: str) -> None:
    """Finds users whom the other server has made, by parts of what is known of them, on either database."""
    with pair(tmp_path, "", odb_url) as (one, two, boss):
        one.user("maria", display_name="María Berg", email="m@example.com")
        one.user("ben", last_name="100%")
        there_boss = there(boss, two)
        for query, found in (("BERG example", ["maria"]), ("0%", ["ben"]), ("e", ["ben", "boss", "maria"]), ("_", [])):
            assert [row["username"] for row in there_boss.good("GET", "user/search", query=query)["result"]] == found
        criteria = {"last_name": "100", "is_name_exact": False}
        assert there_boss.good("GET", "user/search", **criteria)["total"] == 1


def test_links(tmp_path: Path, odb_url: str) -> None:
    """A link that one server makes signs in on the other, and ends on both."""
    with pair(tmp_path, "", odb_url) as (one, two, boss):
        # The definition is made by the second server, so that it is in effect there
        account(two)
        link = {"user_id": one.user("maria"), "auth_type": "basic_auth", "auth_username": "maria.laptop"}
        boss.good("POST", "user/linked", **link)
        laptop = signed_in(two, basic("maria.laptop", KEY))
        assert there(laptop, one).good("GET", "user")["username"] == "maria"
        boss.good("DELETE", "user/linked", **link)
        assert laptop.codes("GET", "user") == NOT_ALLOWED
        assert refused(two, basic("maria.laptop", KEY))
