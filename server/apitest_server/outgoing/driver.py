"""A driver that is an extra of this package: it is loaded at its first use, and named where it is missing."""

from importlib.util import find_spec
from typing import NamedTuple

from apitest_server.errors import ServiceUnavailable


class Driver(NamedTuple):
    """One.

    Attributes:
        title: of what needs it, such as ``Kafka``.
        module: that is imported.
        package: as it is called where packages are installed from.
        extra: of this package, which installs it.
    """

    title: str
    module: str
    package: str
    extra: str

    def need(self) -> None:
        """Asks whether it is there; it is not loaded.

        Raises:
            ServiceUnavailable: it is not installed.
        """
        if find_spec(self.module) is None:
            problem = (
                f"{self.title} needs the package {self.package}. Install it with: pip install apitest[{self.extra}]"
            )
            raise ServiceUnavailable(problem)
