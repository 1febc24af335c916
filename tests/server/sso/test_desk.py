"""Tests of apitest_server.sso.desk."""

import subprocess
import sys
from pathlib import Path

from tests.server.sso.place import PASSWORD, sso


def test_a_start_does_not_load_what_the_database_needs() -> None:
    """Only a call does."""
    loaded = "print(*(name in sys.modules for name in ('sqlalchemy', 'apitest_server.sso.users')))"
    code = f"import sys, apitest_server.sso.room; {loaded}"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "False"]


def test_all_of_it_works_on_either_database(tmp_path: Path, odb_url: str) -> None:
    """Users, sessions, sign-ups, attributes and searches."""
    with sso(tmp_path, f"max_failures = 2\n[odb]\nurl = {odb_url}") as (rest, boss):
        signed = rest.good("POST", "user/signup", username="María", password=PASSWORD, display_name="María 100%")
        rest.good("PATCH", "user/signup", confirm_token=signed["confirm_token"])
        criteria = {"display_name": "ÍA 100%", "is_name_exact": False, "sign_up_status": "to_approve"}
        [found] = boss.good("GET", "user/search", **criteria)["result"]
        boss.good("POST", "user/approve", user_id=found["user_id"])
        maria = rest.log_in("MARÍA")
        for path in ("user/attr", "session/attr"):
            maria.good("POST", path, name="a", value={"b": "ü\0"}, encrypt=True)
            assert maria.good("GET", path, name="a")["value"] == {"b": "ü\0"}
        for _ in range(2):
            rest.codes("POST", "user/login", username="maría", password="wrong")
        assert rest.codes("POST", "user/login", username="maría", password=PASSWORD) == ["E005001"]
        maria.good("PATCH", "user/password", old_password=PASSWORD, new_password="another good one")
        assert maria.good("GET", "user/session/list")["result"][0]["auth_principal"] == "María"
        boss.good("DELETE", "user", user_id=found["user_id"])
        assert rest.codes("POST", "user/login", username="a\0b", password="\0") == ["E005001"]
        assert boss.codes("GET", "user", user_id="\0") == ["E001100"]
