"""The import names that existing services use: ``zato.server.service``, ``zato.common.exception`` and ``bunch``.

They exist in ``sys.modules`` only, put there when a server starts; nothing is installed under those names.
"""

import sys
from importlib.util import find_spec
from types import ModuleType

from apitest_server import errors
from apitest_server.service import base
from apitest_server.service.attrs import Attrs, attrs, plain
from apitest_server.service.old_elements import ELEMENTS
from apitest_server.service.smtp_message import SMTPMessage

_PACKAGES = ("zato", "zato.server", "zato.common")
_EXCEPTIONS = (
    "BadRequest",
    "Conflict",
    "Forbidden",
    "InternalServerError",
    "MethodNotAllowed",
    "NotFound",
    "ServiceUnavailable",
    "TooManyRequests",
    "Unauthorized",
)


def provide_old_names() -> None:
    """Makes ``from zato.server.service import …`` and ``from zato.common.exception import …`` work."""
    if "zato.server.service" in sys.modules:
        return
    for name in _PACKAGES:
        if name not in sys.modules:
            package = ModuleType(name)
            package.__path__ = []
            register(name, package)
    _provide_bunch()
    register("zato.server.service", module_of(Service=base.Service, **ELEMENTS))
    register("zato.common.api", module_of(SMTPMessage=SMTPMessage))
    vars(sys.modules["zato.common"])["SMTPMessage"] = SMTPMessage
    # Whoever catches a ZatoException means whatever a service has raised
    old = {"HTTPException": errors.HTTPError, "ZatoException": Exception}
    exceptions = {name: getattr(errors, name) for name in _EXCEPTIONS} | old
    register("zato.common.exception", module_of(**exceptions))
    vars(sys.modules["zato.common"]).update(exceptions)


def _provide_bunch() -> None:
    """Makes ``from bunch import Bunch`` work where no package of this name is installed."""
    if find_spec("bunch") is None:
        register("bunch", module_of(Bunch=Attrs, bunchify=attrs, unbunchify=plain))


def module_of(**contents: object) -> ModuleType:
    """A module with these names in it."""
    module = ModuleType("module")
    vars(module).update(contents)
    return module


def register(name: str, module: ModuleType) -> None:
    """Lets services import a module by a name; the package that it is in is registered before."""
    module.__name__ = name
    sys.modules[name] = module
    parent, _, own = name.rpartition(".")
    if parent:
        setattr(sys.modules[parent], own, module)
