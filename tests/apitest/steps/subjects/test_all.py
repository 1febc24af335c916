"""The list of subjects."""

from apitest.steps.subjects.all import SUBJECTS


def test_names_are_unique() -> None:
    """No two subjects have one name or one wording."""
    assert len({subject.name for subject in SUBJECTS}) == len(SUBJECTS)
    wordings = [wording for subject in SUBJECTS for wording in subject.wordings]
    assert len(set(wordings)) == len(wordings)
