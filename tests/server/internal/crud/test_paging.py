"""Tests of apitest_server.internal.crud.paging."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitest_server.errors import InputError
from apitest_server.internal.crud.paging import LARGEST, LAST, LONGEST, Page, page, searched
from tests.server.asgi import Client


@given(st.integers(0, 200), st.integers(1, 30))
def test_pages_put_together_are_the_list(total: int, size: int) -> None:
    """Following next_page visits each row once, and prev_page leads back."""
    rows, found, number = list(range(total)), [], 1
    while number:
        here = Page(number, size)
        found += here.cut(rows)
        meta = here.meta(total)
        assert meta["has_prev_page"] == (number > 1)
        assert meta["has_next_page"] == (meta["next_page"] is not None)
        last, number = number, meta["next_page"] or 0
    assert found == rows
    assert last == meta["num_pages"]


def test_without_a_page_it_is_the_whole_list() -> None:
    """One page, however long."""
    assert page({}) == Page()
    assert Page().cut([1, 2]) == [1, 2]
    assert Page().meta(0)["num_pages"] == 1
    assert Page().meta(7)["page_size"] == 7


def test_a_page_has_defaults() -> None:
    """The first one, of fifty."""
    assert page({"paginate": True}) == page({"cur_page": 1}) == page({"page_size": 50}) == Page(1, 50)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"cur_page": 0}, "cur_page"),
        ({"cur_page": LAST + 1}, "cur_page"),
        ({"page_size": 0}, "page_size"),
        ({"page_size": LARGEST + 1}, "page_size"),
    ],
)
def test_pages_that_there_cannot_be(given: dict[str, int], field: str) -> None:
    """The field is named, with what it may be."""
    with pytest.raises(InputError, match="must be from 1 to") as caught:
        page(given)
    assert caught.value.field == field
    assert page({"cur_page": LAST, "page_size": LARGEST}) == Page(LAST, LARGEST)


@pytest.mark.parametrize("name", ["query", "display_name"])
def test_what_is_searched_for_has_a_length(name: str) -> None:
    """Longer than that is refused, with how long it is; what is not given is empty."""
    assert searched({name: None}, name) == ""
    assert searched({name: "a b" + "x" * (LONGEST - 3)}, name).split()[0] == "a"
    told = f"is too long: it has {LONGEST + 1} characters and may have {LONGEST}"
    with pytest.raises(InputError, match=told) as caught:
        searched({name: "x" * (LONGEST + 1)}, name)
    assert caught.value.field == name


_DEAR = pytest.mark.long(reason="hundreds of words are compared with many columns, which takes half a second")


@pytest.mark.parametrize(
    "service",
    [
        "zato.security.basic-auth.get-list",
        "zato.security.get-list",
        "zato.service.get-list",
        "zato.generic.connection.get-list",
        "zato.cache.builtin.entry.get-list",
        pytest.param("zato.channel.web-socket.get-connection-list", marks=_DEAR),
        "zato.audit-log.event.get-list",
        "zato.pubsub.topic.get-list",
        pytest.param("zato.pubsub.message.search", marks=_DEAR),
        "zato.pubsub.hook.get-hook-service-list",
        pytest.param("zato.sso.user.search", marks=_DEAR),
    ],
)
def test_a_query_that_is_too_long_is_no_fault_of_the_database(
    untouched: Client, service: str, caplog: pytest.LogCaptureFixture
) -> None:
    """It is refused where a database takes it no longer; as many words as fit are looked for."""
    given = {"cluster_id": 1, "type_": "outconn-wsx"}
    status, details = untouched.refused(service, {**given, "query": "x" * 60_000})
    assert (status, "Input field `query` is too long" in details) == (400, True)
    assert not [record for record in caplog.records if record.levelname == "ERROR"]
    assert untouched.call(service, {**given, "query": "a " * (LONGEST // 2)}).status == 200
