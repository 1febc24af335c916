from apitest_server.transfer.names import Owner
from apitest_server.transfer.owners import Owners


def test_whose_files_are_free_again() -> None:
    """Those of channels that have ended, and of servers that are gone; not where that is not known, nor strangers'."""
    others: set[str] | None = {"b"}
    owners = Owners(lambda: "mark", "a", lambda: others)
    first, second = owners.new(), owners.new()
    assert first != second
    owners.end(first)
    assert [owners.is_gone(one) for one in (first, second)] == [True, False]
    assert [owners.is_gone(Owner("mark", run, 1)) for run in ("b", "c")] == [False, True]
    assert not owners.is_gone(Owner("other", "c", 1))
    others = None
    assert not owners.is_gone(Owner("mark", "c", 1))
