"""All services by name; kept apart, since each brings libraries that no other test should wait for."""

from collections.abc import Callable
from typing import Protocol

from tests.services.cassandra import Cassandra
from tests.services.email import Email
from tests.services.kafka import Kafka
from tests.services.mariadb import MariaDB
from tests.services.memcached import Memcached
from tests.services.mongodb import MongoDB
from tests.services.ntlm import NTLM
from tests.services.oauth import OAuth
from tests.services.opensearch import OpenSearch
from tests.services.openssh import OpenSSH
from tests.services.postgresql import PostgreSQL
from tests.services.rabbitmq import RabbitMQ
from tests.services.redis import Redis
from tests.services.s3 import S3
from tests.services.slapd import Slapd
from tests.services.solr import Solr
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
    "mongodb": MongoDB,
    "s3": S3,
    "ntlm": NTLM,
    "opensearch": OpenSearch,
    "solr": Solr,
}
