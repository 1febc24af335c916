Feature: OAuth2

  # /auth/bearer says whose token a request has.
  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"
    And URL path "/auth/bearer"
    And OAuth2 endpoint "${APITEST_SERVER}/oauth2/token"

  Scenario: A token for a client
    Given OAuth2 credentials "my-client" "my-secret"
    And I store an OAuth2 bearer token under "token"
    When the URL is invoked
    Then status is "200"
    And path "/sub" is "my-client"
    And path "/grant_type" is "client_credentials"
    And variable "#token" is any string

  Scenario: A token for a user, with scopes
    Given OAuth2 grant type "password"
    And OAuth2 credentials "user" "password"
    And OAuth2 scopes "read, profile"
    And I store an OAuth2 bearer token under "token"
    When the URL is invoked
    Then path "/sub" is "user"
    And path "/grant_type" is "password"
    And path "/scopes" is a list "read,profile"

  Scenario Outline: An endpoint of another kind: <format>
    Given OAuth2 endpoint "${APITEST_SERVER}/oauth2/token?client_id_field=who&client_secret_field=what"
    And OAuth2 credentials "my-client" "my-secret"
    And OAuth2 client ID field "who"
    And OAuth2 client secret field "what"
    And OAuth2 request format "<format>"
    And OAuth2 extra fields "<extra fields>"
    And I store an OAuth2 bearer token under "token"
    When the URL is invoked
    Then path "/sub" is "my-client"
    And path "/scopes" is a list "read,email"

    Examples:
      | format | extra fields                                    |
      | FORM   | scope=read email                                |
      | FORM   | audience=a&scope=read+email                     |
      | JSON   | audience=a, scope=read email                    |
      | JSON   | {"scope": "read email", "audience": ["a", "b"]} |

  Scenario: A token that came another way
    Given OAuth2 credentials "my-client" "my-secret"
    And I store an OAuth2 bearer token under "token"
    Then OAuth2 context is cleaned up
    When the URL is invoked
    Then status is "401"

    Given bearer token "#token"
    When the URL is invoked
    Then status is "200"

    Given requests are not authenticated
    And OAuth2 bearer token "#token"
    When the URL is invoked
    Then status is "200"

  Scenario: A token that is over
    Given OAuth2 endpoint "${APITEST_SERVER}/oauth2/token?lifetime=0"
    And OAuth2 credentials "my-client" "my-secret"
    And I store an OAuth2 bearer token under "token"
    When the URL is invoked
    Then status is "401"
    And header "WWW-Authenticate" contains "invalid_token"

  Scenario: A wrong secret
    Given OAuth2 credentials "my-client" "wrong"
    Then this fails with "The OAuth2 endpoint refuses the token with status 401 actual invalid_client"
      """
      Given I store an OAuth2 bearer token under "token"
      """

  Scenario: An endpoint that is none
    Given OAuth2 endpoint "${APITEST_SERVER}/demo/json2"
    And OAuth2 credentials "my-client" "my-secret"
    Then this fails with "The OAuth2 endpoint gave no token expected access_token actual a"
      """
      Given I store an OAuth2 bearer token under "token"
      """

  Scenario: Credentials that were not given
    Then this is refused with "Add before this step: Given OAuth2 credentials"
      """
      Given I store an OAuth2 bearer token under "token"
      """

  Scenario Outline: It is refused: <sentence>
    Then this is refused with "<message>"
      """
      Given <sentence>
      """

    Examples:
      | sentence                       | message                                        |
      | OAuth2 request format "XML"    | An OAuth2 request cannot have the format "XML" |
      | OAuth2 extra fields "audience" | "audience" names no fields                     |
