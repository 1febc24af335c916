Feature: Security definitions

  They are created, changed and deleted while the server runs; each change counts for the next request.

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"
    And REST method "POST"
    And Basic Auth "admin" "$APITEST_ADMIN_PASSWORD"

  Scenario: The life of a Basic Auth definition
    Given URL path "/zato/json/zato.security.basic-auth.create"
    And request is
      """
      {"name": "features basic", "username": "me", "password": "old one"}
      """
    When the URL is invoked
    Then status is "200"
    And I store "/zato_security_basic_auth_create_response/id" from response under "id"

    Given Basic Auth "admin" "$APITEST_ADMIN_PASSWORD"
    And URL path "/zato/json/zato.http-soap.create"
    And REST method "POST"
    And request is
      """
      {"name": "features basic", "connection": "channel", "transport": "plain_http", "url_path": "/features/basic-auth", "service": "zato.ping", "security_id": #{id}}
      """
    When the URL is invoked
    Then status is "200"
    And I store "/zato_http_soap_create_response/id" from response under "channel"

    Given requests are not authenticated
    And Basic Auth "me" "old one"
    And URL path "/features/basic-auth"
    When the URL is invoked
    Then status is "200"

    Given Basic Auth "admin" "$APITEST_ADMIN_PASSWORD"
    And URL path "/zato/json/zato.security.basic-auth.get-list"
    And REST method "POST"
    And request is
      """
      {"cluster_id": 1, "cur_page": 1, "page_size": 10, "query": "features basic"}
      """
    When the URL is invoked
    Then status is "200"
    And path "/zato_security_basic_auth_get_list_response/0/name" is "features basic"
    And path "/zato_security_basic_auth_get_list_response/0/password" does not exist
    And path "/_meta/total" is an integer "1"

    Given Basic Auth "admin" "$APITEST_ADMIN_PASSWORD"
    And URL path "/zato/json/zato.security.basic-auth.get-by-name"
    And REST method "POST"
    And request is
      """
      {"name": "features basic"}
      """
    When the URL is invoked
    Then status is "200"
    And path "/zato_security_basic_auth_get_by_name_response/id" is an integer "#id"

    Given Basic Auth "admin" "$APITEST_ADMIN_PASSWORD"
    And URL path "/zato/json/zato.security.basic-auth.edit"
    And REST method "POST"
    And request is
      """
      {"id": #{id}, "name": "features basic 2"}
      """
    When the URL is invoked
    Then status is "200"
    And path "/zato_security_basic_auth_edit_response/name" is "features basic 2"

    Given Basic Auth "admin" "$APITEST_ADMIN_PASSWORD"
    And URL path "/zato/json/zato.security.basic-auth.get-by-id"
    And REST method "POST"
    And request is
      """
      {"id": #{id}}
      """
    When the URL is invoked
    Then status is "200"
    And path "/zato_security_basic_auth_get_by_id_response/name" is "features basic 2"

    Given Basic Auth "admin" "$APITEST_ADMIN_PASSWORD"
    And URL path "/zato/json/zato.security.get-list"
    And REST method "POST"
    And request is
      """
      {"cluster_id": 1, "sec_type": ["basic_auth"], "query": "features basic"}
      """
    When the URL is invoked
    Then status is "200"
    And path "/zato_security_get_list_response/0/sec_type" is "basic_auth"

    Given Basic Auth "admin" "$APITEST_ADMIN_PASSWORD"
    And URL path "/zato/json/zato.security.basic-auth.change-password"
    And REST method "POST"
    And request is
      """
      {"id": #{id}, "password1": "new one", "password2": "new one"}
      """
    When the URL is invoked
    Then status is "200"

    Given requests are not authenticated
    And Basic Auth "me" "old one"
    And URL path "/features/basic-auth"
    When the URL is invoked
    Then status is "401"

    Given requests are not authenticated
    And Basic Auth "me" "new one"
    And URL path "/features/basic-auth"
    When the URL is invoked
    Then status is "200"

    Given Basic Auth "admin" "$APITEST_ADMIN_PASSWORD"
    And URL path "/zato/json/zato.security.basic-auth.delete"
    And REST method "POST"
    And request is
      """
      {"id": #{id}}
      """
    When the URL is invoked
    Then status is "400"
    And path "/zato_env/details" contains "is used by: features basic"

    Given Basic Auth "admin" "$APITEST_ADMIN_PASSWORD"
    And URL path "/zato/json/zato.http-soap.delete"
    And REST method "POST"
    And request is
      """
      {"id": #{channel}}
      """
    When the URL is invoked
    Then status is "200"

    Given Basic Auth "admin" "$APITEST_ADMIN_PASSWORD"
    And URL path "/zato/json/zato.security.basic-auth.delete"
    And REST method "POST"
    And request is
      """
      {"id": #{id}}
      """
    When the URL is invoked
    Then status is "200"

  Scenario: The life of an API key
    Given URL path "/zato/json/zato.security.apikey.create"
    And request is
      """
      {"name": "features key", "header": "X-Mine", "password": "old one"}
      """
    When the URL is invoked
    Then status is "200"
    And I store "/zato_security_apikey_create_response/id" from response under "id"

    Given Basic Auth "admin" "$APITEST_ADMIN_PASSWORD"
    And URL path "/zato/json/zato.http-soap.create"
    And REST method "POST"
    And request is
      """
      {"name": "features key", "connection": "channel", "transport": "plain_http", "url_path": "/features/apikey", "service": "zato.ping", "security_id": #{id}}
      """
    When the URL is invoked
    Then status is "200"
    And I store "/zato_http_soap_create_response/id" from response under "channel"

    Given requests are not authenticated
    And API key "old one" in header "X-Mine"
    And URL path "/features/apikey"
    When the URL is invoked
    Then status is "200"

    Given Basic Auth "admin" "$APITEST_ADMIN_PASSWORD"
    And URL path "/zato/json/zato.security.apikey.get-list"
    And REST method "POST"
    And request is
      """
      {"cluster_id": 1, "cur_page": 1, "page_size": 10, "query": "features key"}
      """
    When the URL is invoked
    Then status is "200"
    And path "/zato_security_apikey_get_list_response/0/name" is "features key"
    And path "/zato_security_apikey_get_list_response/0/password" does not exist
    And path "/_meta/total" is an integer "1"

    Given Basic Auth "admin" "$APITEST_ADMIN_PASSWORD"
    And URL path "/zato/json/zato.security.apikey.get-by-name"
    And REST method "POST"
    And request is
      """
      {"name": "features key"}
      """
    When the URL is invoked
    Then status is "200"
    And path "/zato_security_apikey_get_by_name_response/id" is an integer "#id"

    Given Basic Auth "admin" "$APITEST_ADMIN_PASSWORD"
    And URL path "/zato/json/zato.security.apikey.edit"
    And REST method "POST"
    And request is
      """
      {"id": #{id}, "name": "features key 2"}
      """
    When the URL is invoked
    Then status is "200"
    And path "/zato_security_apikey_edit_response/name" is "features key 2"

    Given Basic Auth "admin" "$APITEST_ADMIN_PASSWORD"
    And URL path "/zato/json/zato.security.apikey.get-by-id"
    And REST method "POST"
    And request is
      """
      {"id": #{id}}
      """
    When the URL is invoked
    Then status is "200"
    And path "/zato_security_apikey_get_by_id_response/name" is "features key 2"

    Given Basic Auth "admin" "$APITEST_ADMIN_PASSWORD"
    And URL path "/zato/json/zato.security.get-list"
    And REST method "POST"
    And request is
      """
      {"cluster_id": 1, "sec_type": ["apikey"], "query": "features key"}
      """
    When the URL is invoked
    Then status is "200"
    And path "/zato_security_get_list_response/0/sec_type" is "apikey"

    Given Basic Auth "admin" "$APITEST_ADMIN_PASSWORD"
    And URL path "/zato/json/zato.security.apikey.change-password"
    And REST method "POST"
    And request is
      """
      {"id": #{id}, "password1": "new one", "password2": "new one"}
      """
    When the URL is invoked
    Then status is "200"

    Given requests are not authenticated
    And API key "old one" in header "X-Mine"
    And URL path "/features/apikey"
    When the URL is invoked
    Then status is "401"

    Given requests are not authenticated
    And API key "new one" in header "X-Mine"
    And URL path "/features/apikey"
    When the URL is invoked
    Then status is "200"

    Given Basic Auth "admin" "$APITEST_ADMIN_PASSWORD"
    And URL path "/zato/json/zato.security.apikey.delete"
    And REST method "POST"
    And request is
      """
      {"id": #{id}}
      """
    When the URL is invoked
    Then status is "400"
    And path "/zato_env/details" contains "is used by: features key"

    Given Basic Auth "admin" "$APITEST_ADMIN_PASSWORD"
    And URL path "/zato/json/zato.http-soap.delete"
    And REST method "POST"
    And request is
      """
      {"id": #{channel}}
      """
    When the URL is invoked
    Then status is "200"

    Given Basic Auth "admin" "$APITEST_ADMIN_PASSWORD"
    And URL path "/zato/json/zato.security.apikey.delete"
    And REST method "POST"
    And request is
      """
      {"id": #{id}}
      """
    When the URL is invoked
    Then status is "200"

  Scenario: The life of a JWT definition
    Given URL path "/zato/json/zato.security.jwt.create"
    And request is
      """
      {"name": "features jwt", "username": "features", "password": "old one", "ttl": 5}
      """
    When the URL is invoked
    Then status is "200"
    And I store "/zato_security_jwt_create_response/id" from response under "id"

    Given Basic Auth "admin" "$APITEST_ADMIN_PASSWORD"
    And URL path "/zato/json/zato.http-soap.create"
    And REST method "POST"
    And request is
      """
      {"name": "features jwt", "connection": "channel", "transport": "plain_http", "url_path": "/features/jwt", "service": "zato.ping", "security_id": #{id}}
      """
    When the URL is invoked
    Then status is "200"
    And I store "/zato_http_soap_create_response/id" from response under "channel"

    Given URL path "/zato/jwt/log-in"
    And REST method "POST"
    And request is
      """
      {"username": "features", "password": "old one"}
      """
    When the URL is invoked
    Then status is "200"
    And I store "/token" from response under "token"

    Given requests are not authenticated
    And bearer token "#token"
    And URL path "/features/jwt"
    When the URL is invoked
    Then status is "200"

    Given Basic Auth "admin" "$APITEST_ADMIN_PASSWORD"
    And URL path "/zato/json/zato.security.jwt.get-list"
    And REST method "POST"
    And request is
      """
      {"cluster_id": 1, "cur_page": 1, "page_size": 10, "query": "features jwt"}
      """
    When the URL is invoked
    Then status is "200"
    And path "/zato_security_jwt_get_list_response/0/name" is "features jwt"
    And path "/zato_security_jwt_get_list_response/0/password" does not exist
    And path "/_meta/total" is an integer "1"

    Given Basic Auth "admin" "$APITEST_ADMIN_PASSWORD"
    And URL path "/zato/json/zato.security.jwt.get-by-name"
    And REST method "POST"
    And request is
      """
      {"name": "features jwt"}
      """
    When the URL is invoked
    Then status is "200"
    And path "/zato_security_jwt_get_by_name_response/id" is an integer "#id"

    Given Basic Auth "admin" "$APITEST_ADMIN_PASSWORD"
    And URL path "/zato/json/zato.security.jwt.edit"
    And REST method "POST"
    And request is
      """
      {"id": #{id}, "name": "features jwt 2"}
      """
    When the URL is invoked
    Then status is "200"
    And path "/zato_security_jwt_edit_response/name" is "features jwt 2"

    Given Basic Auth "admin" "$APITEST_ADMIN_PASSWORD"
    And URL path "/zato/json/zato.security.jwt.get-by-id"
    And REST method "POST"
    And request is
      """
      {"id": #{id}}
      """
    When the URL is invoked
    Then status is "200"
    And path "/zato_security_jwt_get_by_id_response/name" is "features jwt 2"

    Given Basic Auth "admin" "$APITEST_ADMIN_PASSWORD"
    And URL path "/zato/json/zato.security.get-list"
    And REST method "POST"
    And request is
      """
      {"cluster_id": 1, "sec_type": ["jwt"], "query": "features jwt"}
      """
    When the URL is invoked
    Then status is "200"
    And path "/zato_security_get_list_response/0/sec_type" is "jwt"

    Given Basic Auth "admin" "$APITEST_ADMIN_PASSWORD"
    And URL path "/zato/json/zato.security.jwt.change-password"
    And REST method "POST"
    And request is
      """
      {"id": #{id}, "password1": "new one", "password2": "new one"}
      """
    When the URL is invoked
    Then status is "200"

    Given Basic Auth "admin" "$APITEST_ADMIN_PASSWORD"
    And URL path "/zato/json/zato.security.jwt.log-out"
    And REST method "POST"
    And request is
      """
      {"token": "#{token}"}
      """
    When the URL is invoked
    Then status is "200"

    Given requests are not authenticated
    And bearer token "#token"
    And URL path "/features/jwt"
    When the URL is invoked
    Then status is "401"

    Given Basic Auth "admin" "$APITEST_ADMIN_PASSWORD"
    And URL path "/zato/json/zato.security.jwt.log-in"
    And REST method "POST"
    And request is
      """
      {"username": "features", "password": "new one"}
      """
    When the URL is invoked
    Then status is "200"
    And path "/zato_security_jwt_log_in_response/token" is any string

    Given Basic Auth "admin" "$APITEST_ADMIN_PASSWORD"
    And URL path "/zato/json/zato.security.jwt.delete"
    And REST method "POST"
    And request is
      """
      {"id": #{id}}
      """
    When the URL is invoked
    Then status is "400"
    And path "/zato_env/details" contains "is used by: features jwt"

    Given Basic Auth "admin" "$APITEST_ADMIN_PASSWORD"
    And URL path "/zato/json/zato.http-soap.delete"
    And REST method "POST"
    And request is
      """
      {"id": #{channel}}
      """
    When the URL is invoked
    Then status is "200"

    Given Basic Auth "admin" "$APITEST_ADMIN_PASSWORD"
    And URL path "/zato/json/zato.security.jwt.delete"
    And REST method "POST"
    And request is
      """
      {"id": #{id}}
      """
    When the URL is invoked
    Then status is "200"

  Scenario Outline: What <service> refuses
    Given URL path "/zato/json/zato.security.<service>"
    And request is
      """
      <request>
      """
    When the URL is invoked
    Then status is "<status>"
    And path "/zato_env/result" is "ZATO_ERROR"
    And path "/zato_env/details" contains "<details>"

    Examples:
      | service                    | request                                       | status | details                                |
      | get-list                   | {"page_size": 0}                              | 400    | `page_size` must be                    |
      | basic-auth.create          | {"name": "demo-basic", "username": "x"}       | 400    | exists already                         |
      | basic-auth.edit            | {"id": 99999}                                 | 404    | no Basic Auth definition with ID 99999 |
      | basic-auth.delete          | {"id": "x"}                                   | 400    | `id` must be an integer                |
      | basic-auth.get-list        | {"cur_page": "x"}                             | 400    | `cur_page` must be                     |
      | basic-auth.get-by-id       | {"id": 99999}                                 | 404    | no Basic Auth definition with          |
      | basic-auth.get-by-name     | {"name": "none"}                              | 404    | no Basic Auth definition with          |
      | basic-auth.change-password | {"id": 1, "password1": "a", "password2": "b"} | 400    | is not the same                        |
      | apikey.create              | {}                                            | 400    | `name` is required                     |
      | apikey.edit                | {"id": 99999}                                 | 404    | no API key definition with ID 99999    |
      | apikey.delete              | {"id": "x"}                                   | 400    | `id` must be an integer                |
      | apikey.get-list            | {"cur_page": "x"}                             | 400    | `cur_page` must be                     |
      | apikey.get-by-id           | {"id": 99999}                                 | 404    | no API key definition with             |
      | apikey.get-by-name         | {"name": "none"}                              | 404    | no API key definition with             |
      | apikey.change-password     | {"id": 1, "password1": "a", "password2": "b"} | 400    | is not the same                        |
      | jwt.create                 | {}                                            | 400    | `name` is required                     |
      | jwt.edit                   | {"id": 99999}                                 | 404    | no JWT definition with ID 99999        |
      | jwt.delete                 | {"id": "x"}                                   | 400    | `id` must be an integer                |
      | jwt.get-list               | {"cur_page": "x"}                             | 400    | `cur_page` must be                     |
      | jwt.get-by-id              | {"id": 99999}                                 | 404    | no JWT definition with                 |
      | jwt.get-by-name            | {"name": "none"}                              | 404    | no JWT definition with                 |
      | jwt.change-password        | {"id": 1, "password1": "a", "password2": "b"} | 400    | is not the same                        |
      | jwt.log-in                 | {"username": "nobody", "password": "x"}       | 401    | Unauthorized                           |
      | jwt.log-out                | {"token": "made up"}                          | 401    | Unauthorized                           |

  Scenario: What server.conf declares is changed there
    Given URL path "/zato/json/zato.security.basic-auth.get-by-name"
    And request is
      """
      {"name": "demo-basic"}
      """
    When the URL is invoked
    Then path "/zato_security_basic_auth_get_by_name_response/is_declared" is True
    And I store "/zato_security_basic_auth_get_by_name_response/id" from response under "id"

    Given URL path "/zato/json/zato.security.basic-auth.edit"
    And REST method "POST"
    And request is
      """
      {"id": #{id}, "username": "x"}
      """
    When the URL is invoked
    Then status is "400"
    And path "/zato_env/details" contains "declared in server.conf and can only be changed there"
