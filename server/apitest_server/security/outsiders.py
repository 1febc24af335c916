"""Who calls without having signed in, and what is found out about them: the same, whether a channel exists or not.

A request that no channel answers is checked against all definitions. It is refused as one to a channel would be, at the
same cost, unless it proves to be somebody.
"""

from collections.abc import Iterable, Mapping
from itertools import islice

from apitest_server.security import credentials
from apitest_server.security.client_certificate import NAME as CERTIFICATE
from apitest_server.security.definitions import JWT, SIGNED, APIKey, Checker, Verdict
from apitest_server.security.oauth1 import OAuth1, claimed_key
from apitest_server.security.passwords import PREFIX as HASH
from apitest_server.security.passwords import Verifier
from apitest_server.security.username_token import token_of
from apitest_server.security.vault import VaultCheck
from apitest_server.security.verifying import Question
from apitest_server.security.wss import WSS

ANYBODY = "\0anybody"  # The key of what anybody passes who is known by some definition
_TOKENS = 20  # definitions that are asked whether a token is theirs: each takes a twentieth of a millisecond


class Outsiders:
    """What definitions have in common, made anew when one of them changes.

    Attributes:
        challenge: of all definitions: that of a single one would tell which it is.
        look_into_bodies: whether one of them needs what is in a request's body.
        has_signatures: whether one of them needs what is signed of a request.
    """

    def __init__(self, checkers: Iterable[Checker], administrators: Checker | None, verifier: Verifier) -> None:
        """Takes the definitions that channels may ask for, and what knows administrators."""
        own = list(checkers)
        keys = [checks for checks in own if isinstance(checks, APIKey)]
        self.challenge = ", ".join(dict.fromkeys(checks.challenge for checks in own if checks.challenge))
        self._tokens = [checks for checks in own if isinstance(checks, JWT)]
        self._others = [checks for checks in own if not isinstance(checks, JWT)]
        if administrators is not None:
            self._others.append(administrators)
        self._vaults = [checks for checks in own if isinstance(checks, VaultCheck)]
        self._headers = {checks.header for checks in keys}
        self._hashed = {checks.header for checks in keys if checks.key.startswith(HASH)}
        self._verifier = verifier
        self.look_into_bodies = any(isinstance(checks, WSS) for checks in own)
        self.has_signatures = any(isinstance(checks, OAuth1) for checks in own)

    def claimed(self, headers: Mapping[str, str]) -> str | None:
        """Who a request claims to be, whichever definition it is for; nobody where it has a key."""
        header = headers.get("authorization", "")
        given = credentials.basic(header) if header else None
        if given is not None:
            return given[0]
        if any(map(headers.get, self._headers)):
            return ""
        shown = self._vaults[0].claimed(headers) if self._vaults else None
        if shown is not None:
            return shown
        token = token_of(headers)
        if token is not None:
            return token.username
        if self.has_signatures and (signed := claimed_key(headers)) is not None:
            return signed
        return SIGNED if CERTIFICATE in headers or credentials.bearer(header) else None

    def check(self, checks: Checker | None, headers: Mapping[str, str]) -> Verdict:
        """What a definition says of a request; a refusal costs as much as any other one would."""
        verdict = checks.check(headers) if checks is not None else None
        if verdict is None and self._vaults and not isinstance(checks, VaultCheck):
            asked = self._vaults[0].check(headers)
            if callable(asked):
                return Question(lambda: asked() and None)
        return self._verifier.refuse if verdict is None and self._costs(headers) else verdict

    def known(self, headers: Mapping[str, str]) -> Verdict:
        """Somebody, if any definition knows who it is; no more than one password is hashed for that."""
        later: Verdict = self._verifier.refuse if self._costs(headers) else None
        for checks in (*self._others, *islice(self._tokens, _TOKENS)):
            verdict = checks.check(headers)
            if isinstance(verdict, str):
                return verdict
            if verdict is not None and later in (None, self._verifier.refuse):
                later = verdict
        return later

    def _costs(self, headers: Mapping[str, str]) -> bool:
        """Whether some definition would hash what a request has."""
        return credentials.basic(headers.get("authorization", "")) is not None or any(map(headers.get, self._hashed))
