"""Tests of a text's readings: escapes resolved, lines joined, places in the original."""

from apitest.redaction.readings import Reading, readings


def _reads(text: str, sought: str) -> list[str]:
    """What stands in the original where a reading of it has the text sought."""
    found = []
    for reading in readings(text):
        at = reading.text.find(sought)
        if at >= 0:
            found += [text[start:end] for start, end in reading.spans([(at, at + len(sought))])]
    return found


def test_the_text_itself() -> None:
    """The first reading is the text, each character in its place."""
    assert _reads("a b c", "b") == ["b"]


def test_escapes() -> None:
    """Escapes of JSON, JavaScript, Python, C, URLs, XML and mail read as the characters that they stand for."""
    for escaped in (
        r"\u0041\u00e9/", r"A\u00E9\/", r"\x41\xe9\x2f", r"\u{41}\u{e9}/", r"\U00000041\U000000e9/", r"\101\351/",
        "A%C3%A9%2F", "A%c3%a9%2f", "%41%E9/", "&#65;&#233;&#47;", "&#x41;&#XE9;&sol;", "A&eacute;/", "=41=C3=A9=2F",
    ):  # fmt: skip
        assert escaped in _reads(f"<{escaped}>", "Aé/"), escaped


def test_escapes_within_escapes() -> None:
    """JSON within JSON within a URL is read to its ground."""
    for escaped in (r"a\\\"b", r"a\\u0022b", "a%255C%2522b", "a&amp;quot;b", "a%2522b"):
        assert _reads(escaped, 'a"b'), escaped


def test_characters_beyond_16_bits() -> None:
    """Two halves make one character."""
    assert _reads(r"x\ud83d\ude00y", "😀") == [r"\ud83d\ude00"]


def test_lines() -> None:
    """Lines that were broken, indented, quoted or joined by an operator read as one."""
    for broken in ("ab\ncd", "ab\r\n    cd", "ab\n> cd", "ab\n+ cd", '"ab" +\n  "cd"', "ab\\\ncd", r"ab\ncd"):
        assert _reads(broken, "abcd"), broken


def test_what_is_no_escape() -> None:
    """What merely looks like an escape stays, and nothing is raised."""
    for text in (
        "100 % of it",
        r"C:\Users",
        "a & b; c",
        r"\u12",
        r"\U00ffffff",
        "&#9999999;",
        "&nosuchname;",
        "=4",
        "\\",
    ):
        assert next(readings(text)).text == text
        assert list(readings(text))


def test_escapes_of_several_kinds() -> None:
    """What looks like one of another kind may be a part of the secret: each kind is also resolved alone."""
    assert _reads(r"a\u0041%41", "aA%41")
    assert _reads(r"a\u0041%41", r"a\u0041A")


def test_no_places() -> None:
    """Where nothing was found, nothing is there in the original."""
    assert list(Reading("abc").spans([])) == []
    assert list([*readings("a%41")][-1].spans([])) == []


def test_lines_of_the_original() -> None:
    """Are those of a reading until its lines are joined, and of what is read from that they are not."""
    broken = {reading.text: reading.is_laid_out for reading in readings("a%41\nb%41")}
    assert (broken["a%41\nb%41"], broken["aA\nbA"]) == (True, True)
    assert (broken["a%41b%41"], broken["aAbA"]) == (False, False)
