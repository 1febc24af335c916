"""Predicates: rows; tests/trust has the rows for every subject."""

from apitest.steps.predicates import rows
from apitest.steps.predicates.predicate import predicate
from apitest.steps.subjects.all import SUBJECTS
from apitest.steps.subjects.subject import Kind


def test_only_databases_have_rows() -> None:
    """Each predicate of rows is said of the four kinds of queries, and of nothing else."""
    of_rows = [ending for ending in predicate.endings if ending.function.__module__ == rows.__name__]
    assert len(of_rows) == 5 and {ending.kind for ending in of_rows} == {Kind.ROWS}
    starts = [subject.wordings[0].partition(' "')[0] for subject in SUBJECTS if Kind.ROWS in subject.takes]
    assert starts == ["SQL", "SQL file", "CQL", "CQL file"]
