from apitest_server.invoke.outcome import Outcome


def test_an_outcome_has_what_the_access_log_wants() -> None:
    """Its status is first."""
    assert Outcome(500, "it broke", "c1").status == 500
