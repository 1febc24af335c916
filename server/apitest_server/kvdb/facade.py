"""``self.kvdb`` in services."""

from apitest_server.components import Key
from apitest_server.kvdb.dictionaries import Dictionaries


class KeyValues:
    """Translations of data dictionaries.

    Attributes:
        translate: ``translate(system1, key1, value1, system2, key2, default="")``, of the dictionaries.
    """

    def __init__(self, dictionaries: Dictionaries) -> None:
        self.translate = dictionaries.translate


DICTIONARIES: Key[Dictionaries] = Key("dictionaries")
