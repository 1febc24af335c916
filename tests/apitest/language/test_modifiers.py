"""Words ahead of sentences, and between them."""

from apitest.language.modifiers import Joint, Modifier
from apitest.language.sentence import Sentence

_WHOLE = Sentence("then", 'it is "{value}"', (), print, "1.0")


def _find(words: str) -> tuple[Sentence, str] | None:
    return (_WHOLE, _WHOLE.text) if words == 'it is ""' else None


def test_words_ahead() -> None:
    """A sentence with the words ahead is found, unless either is another one or they make no sense together."""
    modifier = Modifier('twice "{n}" {}', lambda wording, sentence: sentence.changed(text="made"))
    found = modifier.find('twice "" it is ""', _find)
    assert found and found[0].text == "made" and found[1] == 'twice "{n}" it is "{value}"'
    assert modifier.find('it is ""', _find) is None and modifier.find('twice "" it was ""', _find) is None
    assert Modifier("not {}", lambda wording, sentence: None).find('not it is ""', _find) is None


def test_words_between() -> None:
    """Two sentences with the words between them are one, likewise."""
    joint = Joint(", or ", lambda first, second, find: find(second))
    found = joint.find('it is "", or it is ""', _find)
    assert found and found[1] == 'it is "{value}", or it is "{value}"'
    assert joint.find('it is ""', _find) is None and joint.find('it was "", or it is ""', _find) is None
    assert joint.find('it is "", or it was ""', _find) is None


def test_the_words_between_are_shown() -> None:
    """With the places of the two sentences."""
    assert Joint(", or ", lambda first, second, find: None).wording == "{}, or {}"
