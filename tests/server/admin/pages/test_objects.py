"""Tests of apitest_server.admin.pages.objects."""

import re
from html import unescape
from pathlib import Path

import pytest

from tests.server.admin.visitor import Visitor, visiting, words

SQL = {"name": "orders", "engine": "sqlite", "db_name": "orders.db", "pool_size": "5", "timeout": "10", "port": "0"}
CONF = """
[security]
[[declared]]
type = basic-auth
username = u
password = hush
"""


def create(visitor: Visitor, **fields: str) -> str:
    """A connection; what a person reads then."""
    visitor.get("objects/outgoing.sql/new")
    return words(visitor.post("objects/outgoing.sql/new", **{**SQL, "is_active": "true", **fields}))


def number(visitor: Visitor, name: str = "orders") -> int:
    found: int = visitor.client.result("zato.outgoing.sql.get-by-name", {"name": name})["id"]
    return found


def test_an_object_from_its_creation_to_its_end(visitor: Visitor, tmp_path: Path) -> None:
    """It is made, listed, changed, pinged and deleted, and each time it is said."""
    assert "There are none yet" in words(visitor.get("objects/outgoing.sql"))
    assert "SQL connection “orders” was created." in create(visitor, db_name=str(tmp_path / "x.db"))
    path = f"objects/outgoing.sql/{number(visitor)}"
    assert 'value="orders"' in visitor.get(path).text
    assert "“sales” was changed" in words(visitor.post(path, **{**SQL, "name": "sales", "is_active": "true"}))
    assert "ping – done" in words(visitor.post(f"{path}/act/ping"))
    assert "“sales” was deleted" in words(visitor.post(f"{path}/delete"))
    assert visitor.get(path).status == 404


def test_a_list_shows_what_objects_are_found_by(visitor: Visitor) -> None:
    """Next to their names; of what none of them has there is no column."""
    page = visitor.get("objects/http-soap").text
    heads = re.findall(r'<th scope="col"[^>]*>([^<]*)</th>', page)
    assert heads == [
        "Name", "Connection", "Transport", "Active", "URL path", "Method", "Service", "Security", "ID",
    ]  # fmt: skip


def test_what_a_service_returns_is_shown(visitor: Visitor, tmp_path: Path) -> None:
    """What was typed is its input, JSON where it has parts."""
    create(visitor, db_name=str(tmp_path / "x.db"))
    path = f"objects/outgoing.sql/{number(visitor)}/act/execute"
    assert '"a": 7' in words(visitor.post(path, statement="select :x as a", params='{"x": 7}'))
    answer = visitor.post(path, statement="select :x as a", params="{")
    assert answer.status == 400
    assert "Params is not valid JSON" in words(answer)


def test_what_is_wrong_is_beside_its_field_and_what_was_typed_stays(visitor: Visitor) -> None:
    """So that nothing has to be typed again; but a password is."""
    visitor.get("objects/outgoing.sql/new")
    answer = visitor.post("objects/outgoing.sql/new", **{**SQL, "pool_size": "0", "password": "hush"})
    assert answer.status == 400
    assert "Pool size must be a whole number from 1 to 200." in words(answer)
    assert 'value="orders"' in answer.text
    assert 'id="f-pool_size-about"' in answer.text
    assert "hush" not in answer.text


def test_a_time_may_be_left_empty(visitor: Visitor) -> None:
    """A job by the calendar needs no start date; one that is run once is told that it does."""
    job = {"name": "daily", "service": "zato.ping", "start_date": "", "cron_definition": "0 6 * * mon-fri"}
    once = visitor.post("objects/scheduler.job/new", **job, job_type="one_time")
    assert "Start date is required for a job that is run once." in words(once)
    assert "Job “daily” was created." in words(visitor.post("objects/scheduler.job/new", **job, job_type="cron_style"))
    row = visitor.client.result("zato.scheduler.job.get-by-name", {"name": "daily"})
    timed = {**job, "job_type": "cron_style", "start_date": "2026-01-31 12:30:00"}
    assert "was changed" in words(visitor.post(f"objects/scheduler.job/{row['id']}", **timed))
    assert "was changed" in words(visitor.post(f"objects/scheduler.job/{row['id']}", **job, job_type="cron_style"))
    assert not visitor.client.result("zato.scheduler.job.get-by-name", {"name": "daily"})["start_date"]


def test_what_is_wrong_with_no_field_is_on_top(visitor: Visitor) -> None:
    """A name that is taken, for example."""
    create(visitor)
    assert "SQL connection `orders` exists already" in create(visitor)


def test_changes_that_are_refused(visitor: Visitor) -> None:
    """They change nothing."""
    create(visitor)
    path = f"objects/outgoing.sql/{number(visitor)}"
    answer = visitor.post(path, **{**SQL, "timeout": "many"})
    assert (answer.status, "Timeout must be an integer" in words(answer)) == (400, True)
    assert visitor.client.result("zato.outgoing.sql.get-by-name", {"name": "orders"})["timeout"] == 10


def test_names_from_strangers_stay_text(visitor: Visitor) -> None:
    """Wherever they are shown."""
    name = "<script>alert(1)</script>\"'"
    create(visitor, name=name)
    for path in ("objects/outgoing.sql", f"objects/outgoing.sql/{number(visitor, name)}"):
        page = visitor.get(path).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


def test_lists_have_pages_and_a_search(visitor: Visitor) -> None:
    """Fifty a page."""
    for index in range(51):
        visitor.client.result("zato.cache.builtin.create", {"name": f"cache {index:02}"})
    assert "Page 1 of 2" in words(visitor.get("objects/cache.builtin"))
    second = words(visitor.get("objects/cache.builtin?page=2"))
    assert "cache 50" in second
    assert "cache 49" not in second
    found = words(visitor.get("objects/cache.builtin?search=cache+07"))
    assert "cache 07" in found
    assert "cache 08" not in found
    assert "Nothing matches “zzz”" in words(visitor.get("objects/cache.builtin?search=zzz"))
    assert visitor.get("objects/cache.builtin?page=x").status == 200


def test_what_server_conf_declares_is_shown_and_not_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page says where it can be."""
    with visiting(tmp_path, monkeypatch, CONF) as visitor:
        assert "declared server.conf" in words(visitor.get("objects/security.basic-auth"))
        [row] = [row for row in visitor.client.result("zato.security.basic-auth.get-list") if row["is_declared"]]
        page = visitor.get(f"objects/security.basic-auth/{row['id']}")
        assert "It is declared in server.conf" in words(page)
        assert "<fieldset disabled>" in page.text


def test_what_others_refer_to_is_chosen_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And shown by name in lists; where its module is disabled there is nothing to choose."""
    with visiting(tmp_path, monkeypatch, CONF) as visitor:
        page = visitor.get("objects/channel.web-socket/new").text
        assert ">declared</option>" in page
        number = visitor.client.result("zato.security.basic-auth.get-list")[0]["id"]
        fields = {"name": "c", "service": "zato.helpers.echo", "url_path": "/c", "security_id": number}
        visitor.client.result("zato.channel.web-socket.create", fields)
        assert "declared" in words(visitor.get("objects/channel.web-socket"))
    with visiting(tmp_path, monkeypatch, CONF + "[deploy_internal]\nsecurity_basic_auth = False\n") as visitor:
        assert visitor.get("objects/channel.web-socket/new").status == 200


@pytest.mark.parametrize("path", ["objects/no.such.kind", "objects/cache.builtin/999", "objects/cache.builtin/x"])
def test_what_does_not_exist(visitor: Visitor, path: str) -> None:
    """Says so."""
    assert visitor.get(path).status == 404


def test_an_act_that_a_kind_does_not_have(visitor: Visitor) -> None:
    """Is refused."""
    create(visitor)
    assert visitor.post(f"objects/outgoing.sql/{number(visitor)}/act/fly").status == 404


def test_a_field_may_be_called_service(visitor: Visitor) -> None:
    """Or anything else."""
    visitor.get("objects/scheduler.job/new")
    fields = {"name": "j", "service": "zato.ping", "job_type": "interval_based", "hours": "1", "is_active": "true"}
    assert "Job “j” was created" in words(visitor.post("objects/scheduler.job/new", **fields))


def hidden(page: str, name: str) -> str:
    """What a form holds without showing it."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, page
    return unescape(found[1])


def test_what_somebody_else_has_changed_is_not_overwritten(visitor: Visitor) -> None:
    """Both versions are shown; what only one has changed is taken from that one. Saving again saves."""
    create(visitor)
    path = f"objects/outgoing.sql/{number(visitor)}"
    seen = hidden(visitor.get(path).text, "_seen")
    visitor.client.result("zato.outgoing.sql.edit", {"id": number(visitor), "timeout": 77, "pool_size": 9, "port": 1})
    typed = {**SQL, "name": "orders", "pool_size": "6", "db_name": "mine.db", "_seen": seen}
    answer = visitor.post(path, **typed)
    assert answer.status == 400
    assert "Somebody else has changed it meanwhile, so nothing was saved." in words(answer)
    assert "Somebody else has changed it. It was: 10" in words(answer)
    assert "Somebody else has made it: 9. Yours is kept if you save." in words(answer)
    for value in ("mine.db", "6", "77"):
        assert f'value="{value}"' in answer.text
    assert visitor.client.result("zato.outgoing.sql.get-by-name", {"name": "orders"})["db_name"] == "orders.db"
    merged = {**SQL, "pool_size": "6", "db_name": "mine.db", "timeout": "77", "port": "1"}
    assert "was changed" in words(visitor.post(path, **merged, _seen=hidden(answer.text, "_seen")))
    row = visitor.client.result("zato.outgoing.sql.get-by-name", {"name": "orders"})
    assert (row["db_name"], row["pool_size"], row["timeout"]) == ("mine.db", 6, 77)


def test_what_was_deleted_meanwhile_can_be_made_anew(visitor: Visitor) -> None:
    """What was typed stays, but the password; deleting it once more says that there is nothing to delete."""
    create(visitor)
    path = f"objects/outgoing.sql/{number(visitor)}"
    visitor.get(path)
    visitor.client.result("zato.outgoing.sql.delete", {"id": number(visitor)})
    answer = visitor.post(path, **{**SQL, "db_name": "mine.db", "password": "hush"})
    assert answer.status == 400
    assert "Somebody else has deleted it meanwhile. What you typed is still here" in words(answer)
    assert 'value="mine.db"' in answer.text
    assert "hush" not in answer.text
    assert 'action="/zato/admin/objects/outgoing.sql/new"' in answer.text
    again = visitor.post(f"{path}/delete")
    assert (again.status, "somebody else may have deleted it already" in words(again)) == (404, True)
    assert visitor.post(f"{path}/act/ping").status == 404


def test_a_form_that_is_sent_twice_makes_one_object(visitor: Visitor) -> None:
    """The second one leads where the first one has led; what was refused may be sent again."""
    mark = hidden(visitor.get("objects/outgoing.sql/new").text, "_once")
    assert visitor.post("objects/outgoing.sql/new", **{**SQL, "pool_size": "0"}, _once=mark).status == 400
    first = visitor.post("objects/outgoing.sql/new", **SQL, _once=mark)
    second = visitor.post("objects/outgoing.sql/new", **SQL, _once=mark)
    assert "“orders” was created" in words(first)
    assert "“orders” was created" in words(second)
    assert len(visitor.client.result("zato.outgoing.sql.get-list")) == 1
    assert "exists already" in words(visitor.post("objects/outgoing.sql/new", **SQL))


def test_what_is_not_ticked_stays_that_way(visitor: Visitor) -> None:
    """Also where something else is wrong, and what is not ticked is ticked in a new form."""
    new = visitor.get("objects/outgoing.sql/new").text
    assert 'name="is_active" value="true" checked' in new
    answer = visitor.post("objects/outgoing.sql/new", **{**SQL, "pool_size": "0"})
    assert 'name="is_active" value="true" checked' not in answer.text
