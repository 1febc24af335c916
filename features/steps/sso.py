"""Steps about SSO, asked over its REST API as its clients do."""

import time
from base64 import b32decode
from uuid import uuid4

from behave import given, then, when
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

STRANGER = "requests are not authenticated"
ASKED = '''
    Given {who}
    And REST method "{method}"
    And URL path "/zato/sso/{path}"
    And request is
      """
      {request}
      """
    When the URL is invoked
'''
PASSWORD = "a password of features"


@given("a new super-user of SSO")
def new_super_user(context):
    """Made by an administrator, and signed in: #boss is the token, #boss_name the user name."""
    name = f"features.{uuid4().hex}"
    fields = f'{{"username": "{name}", "password": "{PASSWORD}", "is_super_user": true}}'
    context.execute_steps(f'''
        Then I store "{name}" under "boss_name"
        Then service "zato.sso.user.create" answers with "{fields}"
    ''')
    asked(context, "POST", "user/login", f'{{"current_app": "CRM", "username": "{name}", "password": "{PASSWORD}"}}')
    context.execute_steps('Then I store "/ust" from response under "boss"')


@when('SSO is asked to "{method}" "{path}"')
def sso_is_asked(context, method, path):
    """With the JSON of the doc string."""
    asked(context, method, path, context.text)


@when('account "{username}" with password "{password}" asks SSO to "{method}" "{path}"')
def account_asks(context, username, password, method, path):
    """The same, with Basic Auth."""
    asked(context, method, path, context.text, f'Basic Auth "{username}" "{password}"')


@then("SSO answers")
def sso_answers(context):
    """The answer is good."""
    context.execute_steps('Then status is "200"\nAnd path "/status" is "ok"')


@then('SSO refuses with "{code}"')
def sso_refuses(context, code):
    """For this reason alone."""
    status = "403" if code == "E005001" else "400"
    context.execute_steps(f'Then status is "{status}"\nAnd path "/sub_status" is JSON "["{code}"]"')


@when('a telephone shows codes of its key: "{first}", then "{second}"')
def telephone_shows(context, first, second):
    """The one of now, and the one that comes after it, which a server takes already."""
    key = b32decode(context.zato.response.data.json()["totp_key"])
    maker, now = TOTP(key, 6, SHA1(), 30), time.time()
    for name, moment in ((first, now), (second, now + 30)):
        context.execute_steps(f'Then I store "{maker.generate(moment).decode()}" under "{name}"')


@when('an e-mail of SSO has come to "{connection}"')
def mail_has_come(context, connection):
    """In the background, soon: #token is the token in it, #subject its subject."""
    request = f'{{"connection": "{connection}"}}'
    end = time.monotonic() + 30
    messages = []
    while not messages and time.monotonic() < end:
        context.execute_steps(f'''Then service "features.sso.mail" answers with "{request}"''')
        messages = context.zato.response.data.json()[context.answer.strip("/")]["messages"]
    assert messages, f"No e-mail has come to {connection}"
    context.execute_steps(f'''
        Then I store "{messages[0]["token"]}" under "token"
        Then I store "{messages[0]["subject"]}" under "subject"
    ''')


def asked(context, method, path, request, who=STRANGER):
    context.execute_steps(ASKED.format(who=who, method=method, path=path, request=request))
