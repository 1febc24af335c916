"""Steps about services of the companion server, called as administrators call them: by name over /zato/json."""

import time
from base64 import b64encode
from pathlib import Path

from behave import given, step, then, when

SERVICES = Path(__file__).parents[1] / "server" / "services"

INVOCATION = '''
    Given REST method "POST"
    And Basic Auth "admin" "$APITEST_ADMIN_PASSWORD"
    And URL path "/zato/json/{name}"
    And request is
      """
      {request}
      """
    When the URL is invoked
'''


@given('the services of "{file}" are deployed')
def services_are_deployed(context, file):
    """A file of features/server/services, uploaded."""
    content = b64encode((SERVICES / file).read_bytes()).decode("ascii")
    service_answers(context, "zato.service.upload-package", f'{{"payload": "{content}", "payload_name": "{file}"}}')


@when('service "{name}" is invoked')
def service_is_invoked(context, name):
    """With the JSON of the doc string, or with nothing."""
    invoke(context, name, context.text or "{}")


@when('service "{name}" is invoked with "{request}"')
def service_is_invoked_with(context, name, request):
    """With JSON."""
    invoke(context, name, request)


@when('service "{name}" is invoked until it answers with "{request}"')
def service_is_invoked_until_it_answers(context, name, request):
    """What is done in the background will be there soon."""
    end = time.monotonic() + 10
    invoke(context, name, request)
    while context.zato.response.data.status_code != 200 and time.monotonic() < end:
        invoke(context, name, request)


@then('service "{name}" answers with "{request}"')
def service_answers(context, name, request):
    """The same, and the answer is good."""
    invoke(context, name, request)
    context.execute_steps('Then status is "200"\nAnd path "/zato_env/result" is "ZATO_OK"')


@step('its "{path}" {check}')
def its_path(context, path, check):
    """A check of JSON, the path beginning in the service's part of the answer."""
    context.execute_steps(f'Then path "{context.answer}{path}" {check}')


@step("its answer {check}")
def its_answer(context, check):
    """A check of the service's part of the answer as a whole."""
    context.execute_steps(f'Then path "{context.answer}" {check}')


@when('service "{name}" is invoked with malformed JSON')
def service_is_invoked_with_malformed_json(context, name):
    """An object that does not end."""
    context.execute_steps('Given header "Content-Type" "application/json"\nAnd request format "RAW"')
    invoke(context, name, '{"a": 1')


@step('I store its "{path}" under "{name}"')
def store_its(context, path, name):
    """A value, the path beginning in the service's part of the answer."""
    context.execute_steps(f'Then I store "{context.answer}{path}" from response under "{name}"')


# Names such as #name are resolved by the steps that these are made of.
for function in (
    service_is_invoked,
    service_is_invoked_with,
    service_is_invoked_until_it_answers,
    service_answers,
    its_path,
    its_answer,
    store_its,
):
    function.__apitest_raw__ = True


def invoke(context, name, request):
    context.answer = f"/{name.replace('.', '_').replace('-', '_')}_response"
    context.execute_steps(INVOCATION.format(name=name, request=request.replace("\n", " ")))
