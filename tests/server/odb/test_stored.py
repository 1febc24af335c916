"""Tests of apitest_server.odb.stored."""

from apitest_server.odb import StoredObject


def test_secrets_are_opened_and_never_shown() -> None:
    """A missing one is what opening nothing gives."""
    item = StoredObject(1, "k", "n", {"x": 1}, {"p": "abc"}, str.upper)
    assert (item.secret("p"), item.secret("q")) == ("ABC", "")
    assert "abc" not in repr(item)
    assert StoredObject(1, "k", "n", {}, {"p": "abc"}).secret("p") == "abc"
