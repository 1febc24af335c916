# Basic Auth, API keys and OAuth2. Passwords, keys and tokens are redacted wherever apitest shows a request.

Feature: Who is calling

  Background:
    Given address "@address"

  Scenario: Nobody in particular
    Given URL path "/auth/basic"

    When the URL is invoked

    Then status is "401"
    And header "WWW-Authenticate" starts with "Basic"

  Scenario: Basic Auth
    Given URL path "/auth/basic"
    And Basic Auth "user" "password"

    When the URL is invoked

    Then status is "200"
    And path "/authenticated" is True
    And path "/user" is "user"

  Scenario: An API key
    Given URL path "/auth/api-key"
    And API key "demo-key" in header "X-API-Key"

    When the URL is invoked

    Then status is "200"
    And path "/authenticated" is True

  Scenario: OAuth2
    # The token is fetched once; all further requests of the scenario carry it.
    Given OAuth2 endpoint "@{address}/oauth2/token"
    And OAuth2 credentials "@client_id" "@client_secret"
    And OAuth2 scopes "read,profile"
    And I store an OAuth2 bearer token under "token"
    And URL path "/oauth2/userinfo"

    When the URL is invoked

    Then status is "200"
    And path "/sub" is "@client_id"
    And path "/scopes" is a list "read,profile"

  Scenario: A token that nobody issued
    Given URL path "/oauth2/userinfo"
    And bearer token "made-up"

    When the URL is invoked

    Then status is "401"
    And header "WWW-Authenticate" contains "invalid_token"
