Feature: Authentication

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"

  Scenario: Basic Auth
    Given URL path "/auth/basic"
    And Basic Auth "user" "password"
    When the URL is invoked
    Then status is "200"
    And path "/user" is "user"

  Scenario: A wrong password
    Given URL path "/auth/basic"
    And Basic Auth "user" "wrong"
    When the URL is invoked
    Then status is "401"
    And header "WWW-Authenticate" starts with "Basic"

  Scenario Outline: Digest Auth, <algorithm>
    Given URL path "/auth/digest"
    And query string "?algorithm=<algorithm>"
    And Digest Auth "user" "password"
    When the URL is invoked
    Then status is "200"
    And path "/user" is "user"

    # The server's challenge is used again.
    When the URL is invoked
    Then status is "200"

    Examples:
      | algorithm |
      | MD5       |
      | SHA-256   |

  Scenario: Digest Auth with a wrong password
    Given URL path "/auth/digest"
    And Digest Auth "user" "wrong"
    When the URL is invoked
    Then status is "401"

  Scenario: A bearer token that nobody issued
    Given URL path "/auth/bearer"
    And bearer token "made-up"
    When the URL is invoked
    Then status is "401"
    And header "WWW-Authenticate" contains "invalid_token"

  Scenario: An API key in a header
    Given URL path "/auth/api-key"
    And API key "demo-key" in header "X-API-Key"
    When the URL is invoked
    Then status is "200"

  Scenario: An API key in the URL
    Given URL path "/echo"
    And query string "?a=b"
    And API key "demo key" in query parameter "api_key"
    When the URL is invoked
    Then path "/query/api_key/0" is "demo key"
    And path "/query/a/0" is "b"

  Scenario: No authentication any more
    Given URL path "/auth/basic"
    And Basic Auth "user" "password"
    And requests are not authenticated
    When the URL is invoked
    Then status is "401"

  Scenario: A header of one's own wins
    Given URL path "/echo"
    And Basic Auth "user" "password"
    And header "Authorization" "Other abc"
    When the URL is invoked
    Then path "/headers/authorization" is "Other abc"

  Scenario: Credentials in Base64
    Given I encode "user:password" using Base64 under "credentials"
    And URL path "/auth/basic"
    And header "Authorization" "Basic #{credentials}"
    When the URL is invoked
    Then status is "200"
