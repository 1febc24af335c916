Feature: The admin API

  Administrators call any service by its name. The response stands in an envelope.

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"
    And REST method "POST"
    And Basic Auth "admin" "$APITEST_ADMIN_PASSWORD"
    And URL path "/zato/json/zato.ping"

  Scenario: A service that answers
    When the URL is invoked
    Then status is "200"
    And path "/zato_env/result" is "ZATO_OK"
    And path "/zato_env/details" is ""
    And path "/zato_env/cid" is any string
    And path "/zato_ping_response/pong" is "zato"
    And header "X-Zato-CID" exists

  Scenario Outline: <method> with and without a body, whatever it is declared as
    Given REST method "<method>"
    When the URL is invoked
    Then path "/zato_ping_response/pong" is "zato"

    Given URL path "/zato/json/zato.helpers.echo"
    And REST method "<method>"
    And format "RAW"
    And header "Content-Type" "<kind>"
    And request is "{"a": 1}"
    When the URL is invoked
    Then status is "200"
    And path "/zato_helpers_echo_response/a" is an integer "1"

    Examples:
      | method | kind                              |
      | GET    | application/json                  |
      | GET    | text/plain                        |
      | POST   | application/x-www-form-urlencoded |
      | PUT    | text/xml                          |
      | PATCH  | application/json                  |
      | DELETE | application/octet-stream          |

  Scenario: What changes something has to be posted by a browser
    Given REST method "GET"
    And header "User-Agent" "Mozilla/5.0 (X11; Linux x86_64)"
    And URL path "/zato/json/zato.security.basic-auth.create"
    When the URL is invoked
    Then status is "405"
    And path "/zato_env/result" is "ZATO_ERROR"

  Scenario Outline: Strangers are told nothing: <path>
    Given requests are not authenticated
    And URL path "/zato/json/<path>"
    When the URL is invoked
    Then status is "401"
    And path "/zato_env/result" is "ZATO_ERROR"
    And path "/zato_env/details" is "Unauthorized"

    Examples:
      | path       |
      | zato.ping  |
      | no.service |

  Scenario: A wrong password
    Given Basic Auth "somebody" "wrong"
    When the URL is invoked
    Then status is "401"

  Scenario: A service that is not there
    Given URL path "/zato/json/no.service"
    When the URL is invoked
    Then status is "404"
    And path "/zato_env/details" starts with "No such service: `no.service`"

  Scenario: A body that is not valid JSON
    Given format "RAW"
    And header "Content-Type" "application/json"
    And request is "{"
    When the URL is invoked
    Then status is "400"

  Scenario: A body of a browser that does not say that it is JSON
    Given format "RAW"
    And header "User-Agent" "Mozilla/5.0 (X11; Linux x86_64)"
    And header "Content-Type" "text/plain"
    And request is "{}"
    When the URL is invoked
    Then status is "415"

  Scenario: A page of another site
    Given header "Origin" "https://example.org"
    When the URL is invoked
    Then status is "403"

  Scenario: Administrators
    Given URL path "/zato/json/zato.security.administrator.create"
    And request is
      """
      {"name": "second", "password": "another one"}
      """
    When the URL is invoked
    Then path "/zato_security_administrator_create_response/name" is "second"
    And I store "/zato_security_administrator_create_response/id" from response under "id"

    Given Basic Auth "second" "another one"
    And URL path "/zato/json/zato.security.administrator.get-list"
    And REST method "POST"
    And request is
      """
      {"cluster_id": 1, "cur_page": 1, "query": "second"}
      """
    When the URL is invoked
    Then path "/zato_security_administrator_get_list_response/0/name" is "second"
    And path "/zato_security_administrator_get_list_response/0/password" does not exist
    And path "/_meta/total" is an integer "1"

    Given URL path "/zato/json/zato.security.administrator.change-password"
    And REST method "POST"
    And request is
      """
      {"id": #{id}, "password1": "third", "password2": "third"}
      """
    When the URL is invoked
    Then status is "200"

    When the URL is invoked
    Then status is "401"

    Given Basic Auth "admin" "$APITEST_ADMIN_PASSWORD"
    And URL path "/zato/json/zato.security.administrator.edit"
    And REST method "POST"
    And request is
      """
      {"id": #{id}, "name": "renamed"}
      """
    When the URL is invoked
    Then path "/zato_security_administrator_edit_response/name" is "renamed"

    Given URL path "/zato/json/zato.security.administrator.get-by-id"
    And REST method "POST"
    And request is
      """
      {"id": #{id}}
      """
    When the URL is invoked
    Then path "/zato_security_administrator_get_by_id_response/name" is "renamed"

    Given URL path "/zato/json/zato.security.administrator.get-by-name"
    And REST method "POST"
    And request is
      """
      {"name": "renamed"}
      """
    When the URL is invoked
    Then path "/zato_security_administrator_get_by_name_response/id" is an integer "#id"

    Given URL path "/zato/json/zato.security.administrator.delete"
    And REST method "POST"
    And request is
      """
      {"id": #{id}}
      """
    When the URL is invoked
    Then status is "200"

    When the URL is invoked
    Then status is "404"

  Scenario Outline: Administrators: what <service> refuses
    Given URL path "/zato/json/zato.security.administrator.<service>"
    And request is
      """
      <request>
      """
    When the URL is invoked
    Then status is "<status>"
    And path "/zato_env/details" contains "<details>"

    Examples:
      | service         | request                                            | status | details                 |
      | create          | {"name": "admin"}                                  | 400    | `admin` exists already  |
      | edit            | {"id": 99999}                                      | 404    | no administrator with   |
      | delete          | {}                                                 | 400    | `id` is required        |
      | get-by-id       | {"id": "x"}                                        | 400    | `id` must be an integer |
      | get-by-name     | {"name": "nobody"}                                 | 404    | no administrator with   |
      | get-list        | {"cur_page": 0}                                    | 400    | `cur_page` must be      |
      | change-password | {"id": 99999, "password1": "a", "password2": "b"}  | 400    | `password2` is not      |
