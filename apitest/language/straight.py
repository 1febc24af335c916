"""A step whose values do not stand between straight double quotes, written as it is probably meant."""

from collections.abc import Callable, Iterator

from apitest.expressions import expression

_TYPOGRAPHIC = dict.fromkeys(map(ord, "“”„‟«»＂"), '"')
_SINGLE = expression(r"""(?<!\S)['‘’`´]([^'‘’`´"]*)['‘’`´](?=[\s,:]|$)""")
_WORD = expression(r'(?<!\S)[^\s"]+(?=[\s,:]|$)')
_MOST_WORDS = 30  # of a step that is tried word by word


def straightened(text: str, is_sentence: Callable[[str], bool]) -> str:
    """The text with its values between straight double quotes, if that makes a sentence of it; else nothing.

    Args:
        text: a step that no sentence matches.
        is_sentence: whether a text is a sentence.
    """
    return next((attempt for attempt in _attempts(text) if attempt != text and is_sentence(attempt)), "")


def _attempts(text: str) -> Iterator[str]:
    double = text.translate(_TYPOGRAPHIC)
    yield double
    both = _SINGLE.sub(r'"\1"', double)
    yield both
    if both.count('"') % 2:
        yield f'{both}"'
        return
    words = list(_WORD.finditer(both))
    for word in words if len(words) <= _MOST_WORDS else ():
        yield f'{both[: word.start()]}"{word[0]}"{both[word.end() :]}'
