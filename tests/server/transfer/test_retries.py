from apitest_server.transfer.retries import Retries


def test_a_file_that_fails_is_tried_later_and_later() -> None:
    """Until it is gone, or has another name."""
    retries = Retries()
    assert retries.is_due("a", 0)
    waits = [retries.failed("a", 10) for _ in range(12)]
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]
    assert (retries.is_due("a", 309), retries.is_due("a", 310), retries.is_due("b", 0)) == (False, True, True)
    retries.keep({"a"})
    assert not retries.is_due("a", 0)
    retries.keep(set())
    assert retries.is_due("a", 0)
