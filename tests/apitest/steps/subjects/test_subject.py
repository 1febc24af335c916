"""How subjects are declared."""

from apitest.steps.subjects.all import SUBJECTS
from apitest.steps.subjects.subject import DOCUMENTS, READ_FROM_TEXT, Kind


def test_a_subject_is_the_half_of_sentences() -> None:
    """Its wordings have a place for the predicate, and its example is its first wording with values."""
    for subject in SUBJECTS:
        beginning = subject.beginning
        assert all(wording.count("{}") == 1 for wording in beginning.wordings)
        assert beginning.example.partition('"')[0] == beginning.wordings[0].partition('"')[0]
        assert {"any value", "text", "numbers"} <= beginning.takes


def test_kinds() -> None:
    """What is read from text has no types, and nothing to count."""
    assert Kind.TYPE in DOCUMENTS and Kind.TYPE not in READ_FROM_TEXT
    assert READ_FROM_TEXT < DOCUMENTS
