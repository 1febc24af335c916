"""Sentences about the type and the form of a value in the JSON of the response."""

import pytest

from apitest.errors import BadValue, CheckFailed
from tests.apitest.steps.answers import answers_json
from tests.apitest.steps.playing import Play

UUID1 = "c232ab00-9414-11ec-b3c8-9f6bdeced846"
UUID4 = "8f8a3c1e-5d2b-4c7f-9a66-0f6f5a0b7c11"
DOCUMENT = {
    "s": "x",
    "i": 1,
    "f": 1.0,
    "b": False,
    "n": None,
    "l": [],
    "d": {},
    "u1": UUID1,
    "u4": UUID4,
    "day": "2026-02-28",
    "moment": "2026-02-28T10:11:12",
    "bad_day": "2026-02-30",
    "voucher": "16JD",
    "mistyped": "16JE",
}


def test_any_value_of_a_type(play: Play, subtests: pytest.Subtests) -> None:
    """A type is that of one value of the document and of no other."""
    for kind, path in [
        ("string", "/s"),
        ("integer", "/i"),
        ("float", "/f"),
        ("bool", "/b"),
        ("list", "/l"),
        ("dict", "/d"),
    ]:
        with subtests.test(kind):
            answers_json(play, DOCUMENT)
            for wording in ("path", "JSON Pointer"):
                play(f'Then {wording} "{path}" is any {kind}')
            for other in {"/s", "/i", "/f", "/b", "/n", "/l", "/d"} - {path}:
                with pytest.raises(CheckFailed, match="The value is no"):
                    play(f'Then path "{other}" is any {kind}')


def test_bool_may_be_called_boolean(play: Play) -> None:
    """The word that variables use is known here, too."""
    answers_json(play, DOCUMENT)
    play('path "/b" is any Boolean')


def test_a_uuid_is_of_any_version(play: Play) -> None:
    """UUIDs of all versions are UUIDs, other texts are none."""
    answers_json(play, DOCUMENT)
    play('path "/u1" is a uuid', 'path "/u4" is a UUID')
    play('path "/u4" is any UUID4')
    with pytest.raises(CheckFailed, match="version 1"):
        play('path "/u1" is any UUID4')
    for path in ("/s", "/i", "/n"):
        with pytest.raises(CheckFailed, match="not a UUID"):
            play(f'path "{path}" is a uuid')


def test_a_date_has_a_format(play: Play) -> None:
    """A date is checked by Arrow tokens or by the label of a format; a day that no calendar has is none."""
    answers_json(play, DOCUMENT)
    play('path "/day" is a date "YYYY-MM-DD"', 'path "/moment" is a date "default"')
    for path in ("/bad_day", "/s"):
        with pytest.raises(CheckFailed) as caught:
            play(f'path "{path}" is a date "YYYY-MM-DD"')
        assert caught.value.expected == 'a date such as "2024-12-31"'
    with pytest.raises(CheckFailed, match="not a string"):
        play('path "/i" is a date "YYYY"')


def test_base32_crockford(play: Play) -> None:
    """A text is Base32 Crockford with or without its check symbol, as the sentence says."""
    answers_json(play, DOCUMENT)
    play('path "/voucher" is a BASE32 Crockford, checksum "False"')
    play('JSON Pointer "/voucher" is a BASE32 Crockford, checksum "true"')
    play.zato.user_ctx["checked"] = True
    play('path "/voucher" is a BASE32 Crockford, checksum "#checked"')
    play('path "/mistyped" is a BASE32 Crockford, checksum "False"')
    with pytest.raises(CheckFailed, match="check symbol"):
        play('path "/mistyped" is a BASE32 Crockford, checksum "True"')
    with pytest.raises(BadValue, match="not perhaps"):
        play('path "/voucher" is a BASE32 Crockford, checksum "perhaps"')
