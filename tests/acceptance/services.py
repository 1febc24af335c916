"""The databases that features ask for by a tag, started for as long as they run."""

import sys
from contextlib import ExitStack
from pathlib import Path

from behave.parser import parse_file

from tests.services.all import SERVICES
from tests.services.installation import Unavailable, required

# A tag of features, the service that it asks for, and a variable by which one tells that it runs already.
TAGS = {
    "postgresql": ("postgresql", "APITEST_POSTGRESQL_URL"),
    "mysql": ("mariadb", "APITEST_MYSQL_URL"),
    "cassandra": ("cassandra", "APITEST_CASSANDRA_PORT"),
    "redis": ("redis", "APITEST_REDIS_URL"),
    "rabbitmq": ("rabbitmq", "APITEST_AMQP_PORT"),
    "kafka": ("kafka", "APITEST_KAFKA_ADDRESS"),
    "vault": ("vault", "APITEST_VAULT_ROLE_ID"),
    "oauth": ("oauth", "APITEST_OAUTH_ADDRESS"),
    "ftp": ("ftp", "APITEST_FTP_PORT"),
    "sftp": ("sftp", "APITEST_SFTP_PORT"),
    "email": ("email", "APITEST_SMTP_PORT"),
    "s3": ("s3", "APITEST_S3_ADDRESS"),
    "ldap": ("ldap", "APITEST_LDAP_PORT"),
    "mongodb": ("mongodb", "APITEST_MONGODB_PORT"),
    "memcached": ("memcached", "APITEST_MEMCACHED_PORT"),
    "ntlm": ("ntlm", "APITEST_NTLM_ADDRESS"),
    "opensearch": ("opensearch", "APITEST_OPENSEARCH_HOST"),
    "solr": ("solr", "APITEST_SOLR_ADDRESS"),
}


def tags_of(features: Path) -> set[str]:
    """The tags of all features below a directory, and of their scenarios."""
    parsed = [parse_file(str(path)) for path in sorted(features.rglob("*.feature"))]
    return {str(tag) for feature in parsed for item in (feature, *feature.walk_scenarios()) for tag in item.tags}


def start(wanted: set[str], environment: dict[str, str], stack: ExitStack) -> list[str]:
    """Starts the services that tags ask for, unless the environment has them already; adds where they are to it.

    Returns:
        The tags whose service cannot be started here.

    Raises:
        Unavailable: there is one, and this run may not go without.
    """
    missing = []
    for tag in sorted(wanted & TAGS.keys()):
        name, variable = TAGS[tag]
        if variable in environment:
            continue
        try:
            service = SERVICES[name]()
        except Unavailable as reason:
            if required():
                raise
            print(f"{name} is not started: {reason}", file=sys.stderr)
            missing.append(tag)
        else:
            stack.callback(service.stop)
            environment |= service.environment()
    return missing
