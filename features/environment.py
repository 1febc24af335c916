"""Starts what the features talk to: the companion server on the demo's services, and servers with TLS and with faults.

APITEST_SERVER names a companion server that runs already; databases are started by `make features` beforehand.
"""

import os
import secrets
import ssl
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from apitest.commands import demo
from apitest.commands.companion import CompanionServer

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.apitest.clients.certificates import Authority  # noqa: E402 - found by the line above only
from tests.apitest.web import WebServer  # noqa: E402
from tests.apitest.websocket_server import WebSocketServer  # noqa: E402
from tests.ports import free_port  # noqa: E402
from tests.server.outgoing.odoo_server import OdooServer  # noqa: E402

# What a feature's tag needs, and where the test run says that it is there.
SERVICES = {
    "postgresql": "APITEST_POSTGRESQL_URL",
    "mysql": "APITEST_MYSQL_URL",
    "cassandra": "APITEST_CASSANDRA_PORT",
    "redis": "APITEST_REDIS_URL",
    "rabbitmq": "APITEST_AMQP_PORT",
    "kafka": "APITEST_KAFKA_ADDRESS",
    "vault": "APITEST_VAULT_ROLE_ID",
    "oauth": "APITEST_OAUTH_ADDRESS",
    "ftp": "APITEST_FTP_PORT",
    "sftp": "APITEST_SFTP_PORT",
    "email": "APITEST_SMTP_PORT",
    "s3": "APITEST_S3_ADDRESS",
    "ldap": "APITEST_LDAP_PORT",
    "mongodb": "APITEST_MONGODB_PORT",
    "memcached": "APITEST_MEMCACHED_PORT",
    "ntlm": "APITEST_NTLM_ADDRESS",
    "opensearch": "APITEST_OPENSEARCH_HOST",
    "solr": "APITEST_SOLR_ADDRESS",
}


def before_all(context):
    directory = tempfile.TemporaryDirectory(prefix="apitest-features-")
    context.add_cleanup(directory.cleanup)
    # The server takes it for its first administrator, and features/server uses it.
    os.environ.setdefault("APITEST_ADMIN_PASSWORD", secrets.token_urlsafe(16))
    if "APITEST_SERVER" not in os.environ:
        place = demo.copy(Path(directory.name) / "server")
        name_redis(place / "server.conf", urlsplit(os.environ.get("APITEST_REDIS_URL", "")))
        name_mail(place / "server.conf")
        server = CompanionServer(place)
        context.add_cleanup(server.stop)
        os.environ["APITEST_SERVER"] = server.start()
    os.environ["APITEST_SQLITE_URL"] = f"sqlite:///{directory.name}/features.db"
    for name in ("POSTGRESQL", "MYSQL"):  # the same servers, for URLs of other databases on them
        os.environ[f"APITEST_{name}_SERVER"] = os.environ.get(f"APITEST_{name}_URL", "").rpartition("/")[0]
    os.environ.setdefault("APITEST_ZMQ_PORT", str(free_port()))
    # It answers badly, or not at all, on its paths /silent, /hang-up, /garbage …
    os.environ["FAULTY_SERVER"] = serve(context)
    os.environ["PLAIN_AS_TLS"] = os.environ["FAULTY_SERVER"].replace("http:", "https:")
    # It echoes, and does what messages ask for; see its docstring.
    os.environ["WEBSOCKET_SERVER"] = serve_websockets(context)
    start_tls_servers(context, Authority(Path(directory.name)))
    odoo = OdooServer()
    context.add_cleanup(odoo.close)
    os.environ["APITEST_ODOO_PORT"] = str(odoo.port)
    os.environ["APITEST_ODOO_PASSWORD"] = odoo.password


def name_redis(file, url):
    if url.hostname:
        settings = f"host = {url.hostname}\nport = {url.port}\npassword = {url.password}\n"
        file.write_text(f"{file.read_text('utf-8')}\n[kvdb]\n{settings}", "utf-8")


def name_mail(file):
    """The connection that sso.feature makes; SSO sends its e-mails through it."""
    settings = "smtp_conn = features sso\nemail_from = sso@features.example.com\n"
    file.write_text(f"{file.read_text('utf-8')}\n[sso]\n{settings}", "utf-8")


def start_tls_servers(context, authority):
    """One with a certificate of an authority of our own, one whose is expired, one that wants to see the client's."""
    os.environ["CERTIFICATES"] = str(authority.directory)
    os.environ["TLS_SERVER"] = serve(context, tls(*authority.issue("server")))
    os.environ["TLS_WEBSOCKET_SERVER"] = serve_websockets(context, tls(*authority.issue("websockets")))
    os.environ["EXPIRED_TLS_SERVER"] = serve(context, tls(*authority.issue("expired", expired=True)))
    suspicious = tls(*authority.issue("suspicious"))
    suspicious.load_verify_locations(authority.ca_file)
    suspicious.verify_mode = ssl.CERT_REQUIRED
    os.environ["SUSPICIOUS_TLS_SERVER"] = serve(context, suspicious)
    certificate, key = authority.issue("client")
    both = certificate.read_bytes() + key.read_bytes()
    (authority.directory / "both.pem").write_bytes(both)
    # As texts, for services of the companion server
    os.environ["CA_PEM"] = authority.ca_file.read_text("ascii")
    os.environ["CLIENT_PEM"] = both.decode("ascii")


def tls(certificate, key):
    settings = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    settings.load_cert_chain(certificate, key)
    return settings


def serve(context, settings=None):
    server = WebServer(settings)
    context.add_cleanup(server.close)
    return server.address


def serve_websockets(context, settings=None):
    server = WebSocketServer(settings)
    context.add_cleanup(server.close)
    return server.address


def before_tag(context, tag):
    variable = SERVICES.get(tag)
    if variable and variable not in os.environ:
        if os.environ.get("CI"):
            raise RuntimeError(f"{variable} is not set: run `make features`, which starts the databases")
        statement = context.scenario if "scenario" in context else context.feature
        statement.skip(f"{variable} is not set; `make features` starts the databases")
