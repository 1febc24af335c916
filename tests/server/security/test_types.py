"""Tests of apitest_server.security.types."""

import pytest

from apitest_server.config import SecurityDefinition, internal_modules
from apitest_server.config.kinds import security_type
from apitest_server.security.types import BY_KIND, BY_NAME, TYPES, envelope_header, headers, kinds_for_messages


def test_a_type_is_for_somebody() -> None:
    """For callers, who are checked here or elsewhere, for outgoing connections, or for both."""
    for one in TYPES:
        assert one.for_callers or one.for_outgoing
        assert (one.checks is not None or one.is_special) == one.for_callers
        assert (one.kind in kinds_for_messages()) <= one.for_callers


def test_each_type_can_be_declared_and_has_services() -> None:
    """In server.conf by its name, unless it is told that it cannot, in the ODB by its kind."""
    modules = {name.replace(".", "_") for several in internal_modules().values() for name in several}
    for one in TYPES:
        if one.is_declarable:
            assert security_type(one.name) == one.name
        else:
            with pytest.raises(ValueError, match="must be one of"):
                security_type(one.name)
        assert one.kind.replace(".", "_").replace("-", "_") in modules
        assert BY_NAME[one.name] is BY_KIND[one.kind] is one


def test_no_two_types_share_a_name() -> None:
    """Neither in server.conf, nor in the ODB, nor in lists."""
    for names in ([one.name for one in TYPES], [one.kind for one in TYPES], [one.sec_type for one in TYPES]):
        assert len(set(names)) == len(TYPES)


def test_each_type_shows_itself_in_one_place() -> None:
    """In the headers of a request, or in that of an envelope; what is in bodies is nothing for messages without."""
    for one in (one for one in TYPES if one.is_declarable):
        definition = SecurityDefinition("a", one.name, username="u", password="p", key="k", secret="s" * 32)
        assert bool(headers(definition)) != bool(envelope_header(definition)) == one.needs_request
        assert (one.kind in kinds_for_messages()) != one.needs_request
