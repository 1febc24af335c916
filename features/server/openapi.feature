Feature: OpenAPI

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"

  Scenario: The channels are described
    Given Basic Auth "admin" "$APITEST_ADMIN_PASSWORD"
    And URL path "/zato/openapi.json"
    When the URL is invoked
    Then status is "200"
    And header "Content-Type" is "application/json"
    And path "/openapi" is "3.1.1"
    And path "/info/title" is "demo"
    And path "/paths/~1zato~1ping/get/operationId" is "zato.ping.get"
    And path "/components/securitySchemes/demo-basic" is JSON "{"type": "http", "scheme": "basic"}"

  Scenario: The admin API is described
    When service "zato.apispec.get-api-spec" is invoked with "{"admin": true, "prefix": "zato.cache."}"
    Then status is "200"
    And its "/paths/~1zato~1json~1zato.cache.builtin.entry.set/post/requestBody/required" is True

  Scenario: Strangers are told nothing
    Given URL path "/zato/openapi.json"
    When the URL is invoked
    Then status is "401"

  Scenario: What makes no sense is refused
    When service "zato.apispec.get-api-spec" is invoked with "{"admin": "perhaps"}"
    Then status is "400"
    And path "/zato_env/details" is "Input field `admin` must be true or false"
