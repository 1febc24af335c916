"""The list of subjects."""

from apitest.steps.subjects.all import SUBJECTS


def test_wordings_are_unique() -> None:
    """No two subjects have one wording; those of one name take the same predicates."""
    for name in {subject.name for subject in SUBJECTS}:
        assert len({subject.takes for subject in SUBJECTS if subject.name == name}) == 1
    wordings = [wording for subject in SUBJECTS for wording in subject.wordings]
    assert len(set(wordings)) == len(wordings)
