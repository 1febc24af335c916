Feature: Bearer tokens of OAuth 2.0 for outgoing connections

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"

  @oauth
  Scenario: A connection shows a token that an authorization server has given
    Given I store "$APITEST_OAUTH_ADDRESS" under "address"
    And I store "$APITEST_OAUTH_SECRET" under "secret"
    When service "zato.security.oauth.create" is invoked
      """
      {"name": "features oauth", "username": "apitest", "auth_server_url": "#{address}/token", "scopes": "orders"}
      """
    Then status is "200"
    And I store its "/id" under "oauth"
    When service "zato.security.oauth.ping" is invoked with "{"id": #{oauth}}"
    Then status is "503"
    And path "/zato_env/details" contains "answers 401 invalid_client"
    And service "zato.security.oauth.change-password" answers with "{"id": #{oauth}, "password1": "#{secret}", "password2": "#{secret}"}"
    And service "zato.security.oauth.ping" answers with "{"id": #{oauth}}"
    And its "/is_success" is true
    And service "zato.security.oauth.edit" answers with "{"id": #{oauth}, "client_auth_method": "client_secret_basic"}"
    And service "zato.security.oauth.ping" answers with "{"id": #{oauth}}"
    And service "zato.security.oauth.get-by-id" answers with "{"id": #{oauth}}"
    And its "/password" does not exist
    And service "zato.security.oauth.get-by-name" answers with "{"name": "features oauth"}"
    And its "/client_id_field" is "client_id"
    And service "zato.security.oauth.get-list" answers with "{"query": "features oauth"}"
    And its "/0/scopes" is "orders"
    When service "zato.http-soap.create" is invoked
      """
      {"name": "features oauth", "connection": "outgoing", "transport": "plain_http", "host": "#{address}", "url_path": "/orders",
       "security_id": #{oauth}}
      """
    Then status is "200"
    And I store its "/id" under "out"
    And service "zato.http-soap.ping" answers with "{"id": #{out}}"
    And service "zato.http-soap.delete" answers with "{"id": #{out}}"
    And service "zato.security.oauth.delete" answers with "{"id": #{oauth}}"

  Scenario: Without an authorization server it is OAuth 1.0, and callers of a channel have to sign their requests
    When service "zato.security.oauth.create" is invoked
      """
      {"name": "features signed", "is_active": true, "username": "features-key", "proto_version": "1.0",
       "sig_method": "HMAC-SHA1", "max_nonce_log": 1000}
      """
    Then status is "200"
    And I store its "/id" under "oauth"
    And service "zato.security.oauth.get-by-id" answers with "{"id": #{oauth}}"
    And its "/sig_method" is "HMAC-SHA1"
    And its "/proto_version" is "1.0"
    When service "zato.security.oauth.ping" is invoked with "{"id": #{oauth}}"
    Then status is "400"
    And path "/zato_env/details" contains "has no `auth_server_url` that could be asked"
    When service "zato.http-soap.create" is invoked
      """
      {"name": "features signed", "connection": "channel", "transport": "plain_http", "url_path": "/features/signed",
       "service": "zato.ping", "security_id": #{oauth}}
      """
    Then status is "200"
    And I store its "/id" under "channel"
    And service "zato.security.oauth.change-password" answers with "{"id": #{oauth}, "password1": "signing secret", "password2": "signing secret"}"
    When service "zato.security.oauth.delete" is invoked with "{"id": #{oauth}}"
    Then status is "400"

    Given OAuth1 credentials "features-key" "signing secret"
    And URL path "/features/signed"
    And REST method "POST"
    And query string "?a=b c"
    And form field "d" is "e & f"
    When the URL is invoked
    Then status is "200"
    And path "/pong" is "zato"

    Given OAuth1 credentials "features-key" "another secret"
    When the URL is invoked
    Then status is "401"
    And header "WWW-Authenticate" contains "OAuth realm"

    Given OAuth1 credentials "features-key" "signing secret" with "PLAINTEXT"
    When the URL is invoked
    Then status is "401"

    Given requests are not authenticated
    Then service "zato.http-soap.delete" answers with "{"id": #{channel}}"
    And service "zato.security.oauth.delete" answers with "{"id": #{oauth}}"

  Scenario Outline: It is refused: <service> with <request>
    When service "zato.security.oauth.<service>" is invoked with "<request>"
    Then status is "<status>"
    And path "/zato_env/details" contains "<details>"

    Examples:
      | service         | request                                                             | status | details                                 |
      | create          | {"name": "x", "username": "x", "auth_server_url": "x"}              | 400    | `auth_server_url` must be an address    |
      | create          | {"name": "x", "username": "x", "sig_method": "MD5"}                 | 400    | `sig_method` must be one of HMAC-SHA1   |
      | edit            | {"id": 0}                                                           | 404    | no OAuth definition with ID 0           |
      | delete          | {"id": 0}                                                           | 404    | no OAuth definition with ID 0           |
      | get-list        | {"cur_page": 0}                                                     | 400    | `cur_page` must be from 1               |
      | get-by-id       | {"id": 0}                                                           | 404    | no OAuth definition with ID 0           |
      | get-by-name     | {"name": "none"}                                                    | 404    | no OAuth definition with name `none`    |
      | change-password | {"id": 1, "password1": "a", "password2": "b"}                       | 400    | is not the same as password1            |
      | ping            | {"id": 0}                                                           | 404    | no OAuth definition with ID 0           |
