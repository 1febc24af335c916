Feature: REST and SOAP channels and outgoing connections

  They are created, changed and deleted while the server runs; each change counts for the next request.

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"
    And REST method "POST"
    And Basic Auth "admin" "$APITEST_ADMIN_PASSWORD"

  Scenario: The life of a channel
    Given URL path "/zato/json/zato.http-soap.create"
    And request is
      """
      {"name": "features channel", "connection": "channel", "transport": "plain_http", "url_path": "/features/channel/{id}", "service": "echo"}
      """
    When the URL is invoked
    Then status is "200"
    And path "/zato_http_soap_create_response/name" is "features channel"
    And I store "/zato_http_soap_create_response/id" from response under "id"

    Given URL path "/features/channel/7"
    When the URL is invoked
    Then status is "200"

    Given URL path "/zato/json/zato.http-soap.edit"
    And REST method "POST"
    And request is
      """
      {"id": #{id}, "url_path": "/features/moved", "method": "PUT"}
      """
    When the URL is invoked
    Then status is "200"

    Given URL path "/features/channel/7"
    When the URL is invoked
    Then status is "404"

    Given URL path "/features/moved"
    When the URL is invoked
    Then status is "405"
    And header "Allow" is "PUT"

    Given URL path "/zato/json/zato.http-soap.get-list"
    And REST method "POST"
    And request is
      """
      {"cluster_id": 1, "connection": "channel", "transport": "plain_http", "query": "features/moved"}
      """
    When the URL is invoked
    Then status is "200"
    And path "/zato_http_soap_get_list_response/0/url_path" is "/features/moved"
    And path "/_meta/total" is an integer "1"

    Given URL path "/zato/json/zato.http-soap.get-by-name"
    And REST method "POST"
    And request is
      """
      {"name": "features channel"}
      """
    When the URL is invoked
    Then status is "200"
    And path "/zato_http_soap_get_by_name_response/id" is an integer "#id"

    Given URL path "/zato/json/zato.http-soap.get-by-id"
    And REST method "POST"
    And request is
      """
      {"id": #{id}}
      """
    When the URL is invoked
    Then status is "200"
    And path "/zato_http_soap_get_by_id_response/method" is "PUT"

    Given URL path "/zato/json/zato.http-soap.delete"
    And REST method "POST"
    And request is
      """
      {"id": #{id}}
      """
    When the URL is invoked
    Then status is "200"

    Given URL path "/features/moved"
    And REST method "PUT"
    When the URL is invoked
    Then status is "404"

  Scenario: A SOAP channel answers in an envelope
    Given URL path "/zato/json/zato.http-soap.create"
    And request is
      """
      {"name": "features SOAP", "connection": "channel", "transport": "soap", "url_path": "/features/soap", "soap_action": "urn:features", "service": "zato.ping"}
      """
    When the URL is invoked
    Then status is "200"
    And I store "/zato_http_soap_create_response/id" from response under "id"

    Given format "XML"
    And URL path "/features/soap"
    And REST method "POST"
    And SOAP action "urn:features"
    And request is
      """
      <soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><ping/></soap:Body></soap:Envelope>
      """
    When the URL is invoked
    Then status is "200"
    And header "Content-Type" starts with "text/xml"
    And response text contains "Envelope"
    And response text contains "<pong>zato</pong>"

    Given URL path "/features/soap"
    And REST method "GET"
    And SOAP action "urn:features"
    When the URL is invoked
    Then status is "200"
    And response text contains "<pong>zato</pong>"

    Given format "RAW"
    And URL path "/features/soap"
    And REST method "POST"
    And SOAP action "urn:features"
    And request is "no envelope"
    When the URL is invoked
    Then status is "500"
    And response text contains "faultcode"

    Given format "JSON"
    And URL path "/zato/json/zato.http-soap.delete"
    And REST method "POST"
    And request is
      """
      {"id": #{id}}
      """
    When the URL is invoked
    Then status is "200"

  Scenario Outline: A JSON channel answers <how>
    When service "zato.http-soap.create" is invoked
      """
      {"name": "features envelope", "connection": "channel", "transport": "plain_http", "url_path": "/features/envelope", "service": "zato.ping", "data_format": "json", "envelope": <envelope>}
      """
    Then status is "200"
    And I store its "/id" under "id"

    Given URL path "/features/envelope"
    And REST method "GET"
    When the URL is invoked
    Then status is "200"
    And path "<path>" is "zato"
    And service "zato.http-soap.delete" answers with "{"id": #{id}}"

    Examples:
      | how            | envelope | path                     |
      | bare           | false    | /pong                    |
      | in an envelope | true     | /zato_ping_response/pong |

  Scenario: The channel that everybody may ping
    Given requests are not authenticated
    And URL path "/zato/ping"
    And REST method "GET"
    When the URL is invoked
    Then status is "200"
    And path "/zato_env/result" is "ZATO_OK"
    And path "/zato_ping_response/pong" is "zato"

  Scenario: An outgoing connection is pinged
    Given URL path "/zato/json/zato.http-soap.create"
    And request is
      """
      {"name": "features outgoing", "connection": "outgoing", "transport": "plain_http", "host": "${APITEST_SERVER}", "url_path": "/echo"}
      """
    When the URL is invoked
    Then status is "200"
    And I store "/zato_http_soap_create_response/id" from response under "id"

    Given URL path "/zato/json/zato.http-soap.ping"
    And REST method "POST"
    And request is
      """
      {"id": #{id}}
      """
    When the URL is invoked
    Then status is "200"
    And path "/zato_http_soap_ping_response/is_success" is True

    Given URL path "/zato/json/zato.http-soap.edit"
    And REST method "POST"
    And request is
      """
      {"id": #{id}, "host": "http://127.0.0.1:1"}
      """
    When the URL is invoked
    Then status is "200"

    Given URL path "/zato/json/zato.http-soap.ping"
    And REST method "POST"
    And request is
      """
      {"id": #{id}}
      """
    When the URL is invoked
    Then status is "503"
    And path "/zato_env/details" contains "`features outgoing` cannot be reached"

    Given URL path "/zato/json/zato.http-soap.delete"
    And REST method "POST"
    And request is
      """
      {"id": #{id}}
      """
    When the URL is invoked
    Then status is "200"

  Scenario Outline: What <service> refuses: <details>
    Given URL path "/zato/json/zato.http-soap.<service>"
    And request is
      """
      <request>
      """
    When the URL is invoked
    Then status is "<status>"
    And path "/zato_env/details" contains "<details>"

    Examples:
      | service     | request                                                                                                   | status | details                             |
      | create      | {"name": "x", "connection": "channel", "transport": "plain_http", "url_path": "/echo", "service": "echo"} | 400    | is taken by another channel         |
      | create      | {"name": "x", "connection": "channel", "transport": "plain_http", "url_path": "/x", "service": "no.such"} | 400    | `service` is not the name of a deployed service |
      | create      | {"name": "x", "connection": "outgoing", "transport": "soap", "host": "nowhere"}                           | 400    | `host` must be an address           |
      | create      | {"name": "x"}                                                                                             | 400    | `connection` is required            |
      | edit        | {"id": 99999}                                                                                             | 404    | with ID 99999                       |
      | delete      | {"id": 99999}                                                                                             | 404    | with ID 99999                       |
      | get-by-id   | {"id": 99999}                                                                                             | 404    | with ID 99999                       |
      | get-by-name | {"name": "nothing"}                                                                                       | 404    | with name `nothing`                 |
      | get-list    | {"connection": "x"}                                                                                       | 400    | `connection` must be one of         |
      | ping        | {"id": 99999}                                                                                             | 404    | with ID 99999                       |
