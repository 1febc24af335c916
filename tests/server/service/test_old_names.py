"""Tests of apitest_server.service.old_names."""

from importlib import import_module

from apitest_server.service.base import Service
from apitest_server.service.old_names import provide_old_names
from apitest_server.service.smtp_message import SMTPMessage


def test_the_old_import_names_work() -> None:
    """Existing services import Service, the SimpleIO types and the exceptions by their old names."""
    provide_old_names()
    provide_old_names()
    service = import_module("zato.server.service")
    assert service.Service is Service
    assert service.Int("x").parse("1") == 1
    bunch = import_module("bunch")
    found = bunch.bunchify({"a": [{"b": 1}]})
    assert (found.a[0].b, bunch.Bunch(c=2).c) == (1, 2)
    assert type(bunch.unbunchify(found)["a"][0]) is dict
    assert import_module("zato.common.exception").BadRequest("x").status == 400
    for name in ("zato.common.exception", "zato.common"):
        module = import_module(name)
        assert issubclass(module.Forbidden, module.HTTPException)
        assert issubclass(module.HTTPException, module.ZatoException)
    assert import_module("zato.common.api").SMTPMessage is import_module("zato.common").SMTPMessage is SMTPMessage
