from apitest_server.transfer.watch import Watch


def test_a_file_has_come_to_rest_when_two_looks_see_the_same() -> None:
    """One that grows has not, nor one that is new."""
    watch = Watch()
    assert watch.rested({"b": (1,), "a": (1,)}) == []
    assert watch.rested({"b": (2,), "a": (1,), "c": (1,)}) == ["a"]
    assert watch.rested({"c": (1,), "b": (2,)}) == ["b", "c"]
    assert watch.rested({}) == []
