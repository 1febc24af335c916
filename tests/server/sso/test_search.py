"""Tests of apitest_server.sso.search."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.server.sso.place import Rest, sso

USERS = (
    {"username": "anna", "display_name": "Anna Ärger", "first_name": "Anna", "email": "a@example.com"},
    {"username": "ben", "display_name": "Ben 100%", "first_name": "Ben", "last_name": "Anna"},
    {"username": "Carl", "display_name": "Carl", "first_name": "ANNA", "sign_up_status": "to_approve"},
)


@pytest.fixture(scope="module")
def boss(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rest]:
    with sso(tmp_path_factory.mktemp("server")) as (rest, boss):
        for user in USERS:
            rest.user(**user)
        yield boss


@pytest.mark.parametrize(
    ("criteria", "found"),
    [
        ({}, ["anna", "ben", "boss", "Carl"]),
        ({"username": "CARL"}, ["Carl"]),
        ({"username": "car"}, []),
        ({"email": "A@example.com"}, ["anna"]),
        ({"user_id": "none"}, []),
        ({"sign_up_status": "to_approve"}, ["Carl"]),
        ({"approval_status": "approved", "username": "ben"}, ["ben"]),
        ({"first_name": "anna"}, ["anna", "Carl"]),
        ({"first_name": "anna", "display_name": "carl"}, ["Carl"]),
        ({"first_name": "ann"}, []),
        ({"first_name": "ann", "is_name_exact": False}, ["anna", "Carl"]),
        ({"display_name": "ÄRG", "is_name_exact": False}, ["anna"]),
        ({"display_name": "100%", "is_name_exact": False}, ["ben"]),
        ({"display_name": "%", "is_name_exact": False}, ["ben"]),
        ({"first_name": "ben", "last_name": "anna", "name_op": "and"}, ["ben"]),
        ({"first_name": "carl", "display_name": "carl", "name_op": "or"}, ["Carl"]),
        ({"first_name": "anna", "last_name": "anna", "name_op": "OR"}, ["anna", "ben", "Carl"]),
        ({"first_name": "\x00' OR 1=1 --"}, []),
        ({"query": "ANN"}, ["anna", "ben", "Carl"]),
        ({"query": "ann example.com"}, ["anna"]),
        ({"query": "boss@"}, ["boss"]),
        ({"query": "anna 100%"}, ["ben"]),
        ({"query": "_"}, []),
        ({"query": "anna", "sign_up_status": "to_approve"}, ["Carl"]),
    ],
)
def test_who_is_found(boss: Rest, criteria: dict[str, Any], found: list[str]) -> None:
    """By user name; case does not matter, and no sign of a name means anything else."""
    answer = boss.good("GET", "user/search", **criteria)
    assert [row["username"] for row in answer["result"]] == found
    assert answer["total"] == len(found)


def test_pages(boss: Rest) -> None:
    """Each says which it is; without pages all are told."""
    first = boss.good("GET", "user/search", page_size=3)
    assert [row["username"] for row in first["result"]] == ["anna", "ben", "boss"]
    keys = ("total", "num_pages", "page_size", "cur_page", "has_next_page", "has_prev_page", "next_page", "prev_page")
    assert [first[key] for key in keys] == [4, 2, 3, 1, True, False, 2, None]
    last = boss.good("GET", "user/search", page_size=3, cur_page=2)
    assert [last[key] for key in keys] == [4, 2, 3, 2, False, True, None, 1]
    assert [row["username"] for row in last["result"]] == ["Carl"]
    beyond = boss.good("GET", "user/search", page_size=3, cur_page=9)
    assert (beyond["result"], beyond["has_next_page"], beyond["has_prev_page"]) == ([], False, False)
    whole = boss.good("GET", "user/search", paginate=False, page_size=1)
    assert [whole[key] for key in keys] == [4, 1, 4, 1, False, False, None, None]


@pytest.mark.parametrize(
    "wrong", [{"cur_page": 0}, {"page_size": 0}, {"page_size": 1001}, {"name_op": "xor"}, {"cur_page": 10**10}]
)
def test_what_cannot_be_looked_for(boss: Rest, wrong: dict[str, Any]) -> None:
    """Is refused."""
    assert boss.codes("GET", "user/search", **wrong) == ["E008002"]


def test_only_super_users_search(boss: Rest) -> None:
    """And nobody sees a password."""
    assert Rest(boss.client).codes("GET", "user/search") == ["E005001"]
    assert Rest(boss.client).log_in("anna").codes("GET", "user/search") == ["E005001"]
    assert "argon2" not in boss.call("GET", "user/search").text
