"""Real databases and brokers for the tests: each started on a free local port, with data that is thrown away.

``python -m tests.services run -- COMMAND`` starts all of them, tells COMMAND their addresses in its
environment, and stops them when it ends. The tests' own fixtures are in ``tests/conftest.py``.
"""

from collections.abc import Callable
from typing import Protocol

from tests.services.cassandra import Cassandra
from tests.services.email import Email
from tests.services.kafka import Kafka
from tests.services.mariadb import MariaDB
from tests.services.memcached import Memcached
from tests.services.ntlm import NTLM
from tests.services.oauth import OAuth
from tests.services.openssh import OpenSSH
from tests.services.postgresql import PostgreSQL
from tests.services.rabbitmq import RabbitMQ
from tests.services.redis import Redis
from tests.services.s3 import S3
from tests.services.slapd import Slapd
from tests.services.vault import Vault
from tests.services.vsftpd import Vsftpd


class Service(Protocol):
    """What all of them have in common; making one starts it."""

    def environment(self) -> dict[str, str]:
        """The variables that tell a command where the service is."""

    def stop(self) -> None:
        """End the service and delete its data."""


SERVICES: dict[str, Callable[[], Service]] = {
    "postgresql": PostgreSQL,
    "mariadb": MariaDB,
    "cassandra": Cassandra,
    "redis": Redis,
    "rabbitmq": RabbitMQ,
    "kafka": Kafka,
    "vault": Vault,
    "oauth": OAuth,
    "ftp": Vsftpd,
    "sftp": OpenSSH,
    "email": Email,
    "ldap": Slapd,
    "memcached": Memcached,
    "s3": S3,
    "ntlm": NTLM,
}

__all__ = [
    "NTLM",
    "S3",
    "SERVICES",
    "Cassandra",
    "Email",
    "Kafka",
    "MariaDB",
    "Memcached",
    "OAuth",
    "OpenSSH",
    "PostgreSQL",
    "RabbitMQ",
    "Redis",
    "Service",
    "Slapd",
    "Vault",
    "Vsftpd",
]
