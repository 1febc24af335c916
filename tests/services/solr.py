"""A Solr server of the tests' own, from its jars: a core, users with passwords, a port with TLS."""

import base64
import hashlib
import json
import secrets

import requests

from tests.ports import free_port
from tests.services import certificates, maven, processes

_VERSION = "9.7.0"
_JETTY = "10.0.22"
_JARS = (
    f"org.apache.solr:solr-core:{_VERSION}",
    f"org.eclipse.jetty:jetty-xml:{_JETTY}",
    f"org.eclipse.jetty:jetty-server:{_JETTY}",
    f"org.eclipse.jetty:jetty-servlet:{_JETTY}",
    "javax.servlet:javax.servlet-api:4.0.1",
)
# Solr's own start is a web application in Jetty, too; what its web.xml says is said here
_WEB = """\
<?xml version="1.0"?>
<!DOCTYPE Configure PUBLIC "-//Jetty//Configure//EN" "https://www.eclipse.org/jetty/configure_10_0.dtd">
<Configure id="server" class="org.eclipse.jetty.server.Server">
  <Call name="addConnector"><Arg><New class="org.eclipse.jetty.server.ServerConnector">
    <Arg name="server"><Ref refid="server"/></Arg>
    <Set name="host">127.0.0.1</Set>
    <Set name="port">{port}</Set>
  </New></Arg></Call>
  <Call name="addConnector"><Arg><New class="org.eclipse.jetty.server.ServerConnector">
    <Arg name="server"><Ref refid="server"/></Arg>
    <Arg name="sslContextFactory"><New class="org.eclipse.jetty.util.ssl.SslContextFactory$Server">
      <Set name="keyStorePath">{store}</Set>
      <Set name="keyStorePassword">{store_password}</Set>
    </New></Arg>
    <Set name="host">127.0.0.1</Set>
    <Set name="port">{tls_port}</Set>
  </New></Arg></Call>
  <Set name="handler"><New class="org.eclipse.jetty.servlet.ServletContextHandler">
    <Set name="contextPath">/solr</Set>
    <Call name="addEventListener"><Arg><New class="org.apache.solr.servlet.CoreContainerProvider"/></Arg></Call>
    <Call name="addFilter">
      <Arg type="java.lang.String">org.apache.solr.servlet.SolrDispatchFilter</Arg>
      <Arg type="java.lang.String">/*</Arg>
      <Arg><Call class="java.util.EnumSet" name="of"><Arg>
        <Get class="javax.servlet.DispatcherType" name="REQUEST"/>
      </Arg></Call></Arg>
    </Call>
    <Call name="addServlet">
      <Arg type="java.lang.String">org.eclipse.jetty.servlet.ServletHandler$Default404Servlet</Arg>
      <Arg type="java.lang.String">/</Arg>
    </Call>
  </New></Set>
</Configure>
"""
_CORE = """\
<config>
  <luceneMatchVersion>9.11</luceneMatchVersion>
  <requestHandler name="/select" class="solr.SearchHandler"/>
  <requestHandler name="/update" class="solr.UpdateRequestHandler"/>
</config>
"""
_SCHEMA = """\
<schema name="shop" version="1.6">
  <fieldType name="string" class="solr.StrField"/>
  <fieldType name="long" class="solr.LongPointField" docValues="true"/>
  <fieldType name="text" class="solr.TextField">
    <analyzer><tokenizer name="standard"/><filter name="lowercase"/></analyzer>
  </fieldType>
  <field name="id" type="string" required="true"/>
  <field name="_version_" type="long"/>
  <dynamicField name="*" type="text"/>
  <uniqueKey>id</uniqueKey>
</schema>
"""
_JAVA = ("-Xms192m", "-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto")


class Solr(processes.Restartable):
    """A started server, which lets nobody in without a password.

    Attributes:
        address: of its core, on the plain port.
        tls_address: likewise, on the port with TLS.
        authority: the PEM file of the authority of its certificate.
        username, password: who may do everything.
    """

    username = "maria"

    def __init__(self) -> None:
        java = maven.java("11", "17", "21")
        jars = maven.jars(f"solr-{_VERSION}", *_JARS)
        self._directory = processes.throw_away_directory()
        port, tls_port = free_port(), free_port()
        self.address, self.tls_address = f"http://127.0.0.1:{port}/solr/shop", f"https://127.0.0.1:{tls_port}/solr/shop"
        made, self.password = certificates.make(self._directory), secrets.token_urlsafe(12)
        self.authority = made.authority
        store = {"store": made.server_store, "store_password": certificates.STORE_PASSWORD}
        web = self._directory / "jetty.xml"
        web.write_text(_WEB.format(port=port, tls_port=tls_port, **store))
        self._write()
        home = [f"-Dsolr.solr.home={self._directory}", f"-Dsolr.log.dir={self._directory}"]
        program = ["-cp", f"{jars}/*", "org.eclipse.jetty.xml.XmlConfiguration", str(web)]
        self._command = [str(java), *_JAVA, *home, *program]
        self._running = self._started()

    def environment(self) -> dict[str, str]:
        """The variables that tell features where this server is."""
        return {
            "APITEST_SOLR_ADDRESS": self.address,
            "APITEST_SOLR_TLS_ADDRESS": self.tls_address,
            "APITEST_SOLR_AUTHORITY": str(self.authority),
            "APITEST_SOLR_PASSWORD": self.password,
        }

    def _write(self) -> None:
        core = self._directory / "shop"
        (core / "conf").mkdir(parents=True)
        (core / "core.properties").write_text("name=shop\n")
        (core / "conf" / "solrconfig.xml").write_text(_CORE)
        (core / "conf" / "schema.xml").write_text(_SCHEMA)
        (self._directory / "solr.xml").write_text("<solr/>\n")
        salt = secrets.token_bytes(32)
        hashed = hashlib.sha256(hashlib.sha256(salt + self.password.encode()).digest()).digest()
        stored = " ".join(base64.b64encode(part).decode() for part in (hashed, salt))
        users = {"class": "solr.BasicAuthPlugin", "blockUnknown": True, "credentials": {self.username: stored}}
        (self._directory / "security.json").write_text(json.dumps({"authentication": users}))

    def _started(self) -> processes.Running:
        return processes.start(self._command, self._directory, self._answers)

    def _answers(self) -> bool:
        try:
            answer = requests.get(f"{self.address}/admin/ping", auth=(self.username, self.password), timeout=5)
        except requests.RequestException:
            return False
        return answer.ok
