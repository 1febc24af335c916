"""The [vault] section of config.ini."""

import pytest

from apitest.clients.vault import settings as vault
from apitest.clients.vault.settings import VaultSettings
from apitest.errors import ProjectError


def test_the_section_becomes_settings() -> None:
    """Each key of [vault] is resolved and has its type."""
    section = {"address": "http://v", "token": "$TOKEN", "timeout": "2", "verify": "False"}
    found = vault.settings(
        section, {"$TOKEN": "t", "http://v": "http://v", "2": "2", "False": "False"}.__getitem__, "c"
    )
    assert found == VaultSettings("http://v", "t", timeout=2.0, verify=False)


@pytest.mark.parametrize(
    ("section", "told"),
    [
        ({"adress": "x"}, "Did you mean address"),
        ({"qqq": "x"}, "It takes address"),
        ({"token": "x"}, "address ="),
        ({"address": "x"}, "token ="),
        ({"address": "x", "token": "x", "timeout": "soon"}, "timeout ="),
        ({"address": "x", "token": "x", "verify": "flase"}, "verify ="),
    ],
)
def test_a_section_with_a_mistake_is_refused(section: dict[str, str], told: str) -> None:
    """Unknown and missing keys are project errors that show what to write."""
    with pytest.raises(ProjectError) as caught:
        vault.settings(section, str, "config.ini")
    assert told in caught.value.fix
    assert caught.value.where == "config.ini"
