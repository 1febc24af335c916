"""apitest.language.sentence: how a sentence can be written."""

from apitest.language.sentence import Sentence, contracted, docstring_parts, wordings


def step() -> None:
    """Checks it.

    In full.

    Example:
        a "x" is not b
          | c |
    """


def test_wordings() -> None:
    """Every wording is listed once, with its contraction."""
    sentence = Sentence("then", 'a "{x}" is not b', ('c "{x}" does not d',), step, "1.0")
    assert wordings(sentence) == [
        'a "{x}" is not b',
        'a "{x}" isn\'t b',
        'c "{x}" does not d',
        'c "{x}" doesn\'t d',
    ]
    assert contracted('a "{x}" is not b', 'a "1" Isn\'t b') == 'a "{x}" isn\'t b'
    assert contracted('a "{x}" is not b', 'a "1" is not b') == 'a "{x}" is not b'


def test_the_docstring_is_the_catalogue() -> None:
    """The description is one paragraph, the example may have more than a line."""
    sentence = Sentence("then", "a", (), step, "1.0")
    assert sentence.description == "Checks it. In full."
    assert sentence.example == 'a "x" is not b\n  | c |'
    assert docstring_parts(step)[0] == "Checks it.\n\nIn full."
    assert sentence.places == (step,)


def test_what_a_sentence_is_about() -> None:
    """Whether it checks, what it stores, its topic; a changed one is another one."""
    check = Sentence("then", "a is b", (), step, "1.0")
    doing = check.changed(text='I store "{path}" under "{name}"')
    assert (check.checks, check.changed(keyword="when").checks, doing.checks) == (True, False, False)
    assert (check.stores, doing.stores) == ("", "name")
    assert (check.text, doing.keyword) == ("a is b", "then")
    assert check.topic == step.__module__.rpartition(".")[2].partition("_")[0] == "test"
