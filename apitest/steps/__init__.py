MODULES = (
    "apitest.steps.http",
    "apitest.steps.forms",
    "apitest.steps.auth",
    "apitest.steps.responses",
    "apitest.steps.json",
    "apitest.steps.xml",
    "apitest.steps.variables",
    "apitest.steps.flow",
)
