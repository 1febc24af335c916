"""Tests of apitest_server.kvdb.dictionaries."""

from apitest_server.kvdb.dictionaries import Dictionaries, Entry, Source

US = Source("CRM", "country", "us", "ERP", "land")
FR = US._replace(value1="fr")


def test_entries_come_change_and_go() -> None:
    """They are known by their words, whatever other entry has had these before."""
    found = Dictionaries()
    one, two = Entry("CRM", "country", "us"), Entry("CRM", "country", "fr")
    found.put_entry(1, one)
    found.put_entry(2, two)
    assert found.entries() == [two, one]
    found.put_entry(3, one)
    found.put_entry(1, Entry("ERP", "land", "1"))  # Its words are another one's by now
    assert (found.number(one), found.number(two), found.last_entry()) == (3, 2, 3)
    found.drop_entry(3)
    found.drop_entry(3)
    assert (found.number(one), found.last_entry()) == (0, 2)


def test_translations_come_change_and_go() -> None:
    """What is not translated is the default."""
    found = Dictionaries()
    assert (found.translate(*US), found.translate(*US, default="?"), found.last_translation()) == ("", "?", 0)
    found.put_translation(1, US, "1")
    found.put_translation(1, US, "2")
    assert found.translate(*US) == "2"
    found.put_translation(2, FR, "3")
    found.put_translation(1, FR, "4")
    found.put_translation(2, US, "5")
    assert (found.translate(*FR), found.translate(*US), found.last_translation()) == ("4", "5", 2)
    found.drop_translation(2)
    found.drop_translation(2)
    assert (found.translate(*FR), found.translate(*US)) == ("4", "")
