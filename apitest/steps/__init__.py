MODULES = (
    "apitest.steps.http",
    "apitest.steps.connection",
    "apitest.steps.cookies",
    "apitest.steps.forms",
    "apitest.steps.auth",
    "apitest.steps.responses",
    "apitest.steps.response_headers",
    "apitest.steps.json",
    "apitest.steps.xml",
    "apitest.steps.variables",
    "apitest.steps.flow",
)
