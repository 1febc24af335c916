"""Where a report goes."""

from apitest.report.target import Target


def test_without_a_path_it_is_standard_output_with_a_summary() -> None:
    """What is not said is what a plain run shows."""
    target = Target()
    assert (target.path, target.verbose, target.fixing, target.summary) == (None, False, False, True)
    assert target.environ == {}
