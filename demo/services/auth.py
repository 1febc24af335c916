"""Who is calling: services behind the server's own security definitions, and one with digest authentication."""

from hashlib import md5, sha256
from secrets import token_hex
from urllib.request import parse_http_list, parse_keqv_list

from zato.common.exception import Unauthorized
from zato.server.service import Service

USERNAME, PASSWORD, REALM = "user", "password", "apitest"
ALGORITHMS = {"MD5": md5, "SHA-256": sha256}
REMEMBERED = 1000
nonces = {}


class User(Service):
    """Tells who was let in; the channel's security definition has done the work."""

    name = "auth.user"

    def handle(self):
        self.response.payload = {"authenticated": True, "user": self.channel.user}


class Digest(Service):
    """Digest access authentication (RFC 7616) with qop=auth; MD5, or ?algorithm=SHA-256."""

    name = "auth.digest"

    def handle(self):
        self.algorithm = self.request.http.GET.get("algorithm", "MD5")
        if self.algorithm not in ALGORITHMS:
            self.algorithm = "MD5"
        scheme, _, rest = self.request.http.headers.get("authorization", "").partition(" ")
        fields = parse_keqv_list(parse_http_list(rest)) if scheme.lower() == "digest" and "=" in rest else {}
        if not self.is_right(fields):
            raise Unauthorized("", {"WWW-Authenticate": self.challenge()})
        self.response.payload = {"authenticated": True, "user": fields["username"]}

    def challenge(self):
        while len(nonces) >= REMEMBERED:
            nonces.pop(next(iter(nonces)))
        nonce = token_hex(16)
        nonces[nonce] = 0
        return (
            f'Digest realm="{REALM}", qop="auth", algorithm={self.algorithm}, nonce="{nonce}", opaque="{token_hex(8)}"'
        )

    def is_right(self, fields):
        try:
            count = int(fields["nc"], 16)
            expected = self.response_of(fields)
            fresh = fields["nonce"] in nonces and count > nonces[fields["nonce"]]
        except (KeyError, ValueError):
            return False
        right = fresh and fields["username"] == USERNAME and fields["realm"] == REALM
        if right and fields["response"] == expected and fields["uri"] == self.uri():
            nonces[fields["nonce"]] = count
            return True
        return False

    def uri(self):
        http = self.request.http
        return f"{http.path}?{http.query_string}" if http.query_string else http.path

    def response_of(self, fields):
        def digest(text):
            return ALGORITHMS[self.algorithm](text.encode("utf-8")).hexdigest()

        a1 = digest(f"{USERNAME}:{REALM}:{PASSWORD}")
        a2 = digest(f"{self.request.http.method}:{fields['uri']}")
        return digest(f"{a1}:{fields['nonce']}:{fields['nc']}:{fields['cnonce']}:{fields['qop']}:{a2}")
