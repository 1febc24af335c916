Feature: Certificates of outgoing connections, and of clients of channels

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"

  Scenario: A server that asks for a certificate is called with one
    When service "zato.security.tls.ca-cert.create" is invoked
      """
      {"name": "features CA", "value": "${CA_PEM}"}
      """
    Then status is "200"
    And I store its "/id" under "ca"
    When service "zato.security.tls.key-cert.create" is invoked
      """
      {"name": "features keys", "value": "${CLIENT_PEM}"}
      """
    Then status is "200"
    And I store its "/id" under "keys"
    When service "zato.http-soap.create" is invoked
      """
      {"name": "features TLS", "connection": "outgoing", "transport": "plain_http", "host": "${SUSPICIOUS_TLS_SERVER}",
       "url_path": "/", "sec_tls_ca_cert_id": #{ca}}
      """
    Then status is "200"
    And I store its "/id" under "id"
    When service "zato.http-soap.ping" is invoked with "{"id": #{id}}"
    Then status is "503"
    And service "zato.http-soap.edit" answers with "{"id": #{id}, "sec_tls_key_cert_id": #{keys}}"
    And service "zato.http-soap.ping" answers with "{"id": #{id}}"
    And its "/is_success" is true
    And service "zato.security.tls.ca-cert.edit" answers with "{"id": #{ca}, "name": "features authority"}"
    And service "zato.security.tls.ca-cert.get-by-id" answers with "{"id": #{ca}}"
    And its "/info" starts with "CN=Test Authority"
    And service "zato.security.tls.ca-cert.get-by-name" answers with "{"name": "features authority"}"
    And service "zato.security.tls.ca-cert.get-list" answers with "{"query": "test authority"}"
    And its answer has "1" elements
    And service "zato.security.tls.key-cert.edit" answers with "{"id": #{keys}, "name": "features pair"}"
    And service "zato.security.tls.key-cert.get-by-id" answers with "{"id": #{keys}}"
    And its "/value" does not exist
    And service "zato.security.tls.key-cert.get-by-name" answers with "{"name": "features pair"}"
    And service "zato.security.tls.key-cert.get-list" answers with "{"query": "features pair"}"
    And its "/0/is_active" is true
    And service "zato.http-soap.delete" answers with "{"id": #{id}}"
    And service "zato.security.tls.ca-cert.delete" answers with "{"id": #{ca}}"
    And service "zato.security.tls.key-cert.delete" answers with "{"id": #{keys}}"

  Scenario: Clients of channels are known by their certificates
    When service "zato.security.tls.channel.create" is invoked with "{"name": "features clients", "value": "CN=client"}"
    Then status is "200"
    And I store its "/id" under "id"
    And service "zato.security.tls.channel.edit" answers with "{"id": #{id}, "value": "CN=cl*, O=Example"}"
    And service "zato.security.tls.channel.get-by-id" answers with "{"id": #{id}}"
    And its "/value" contains "O=Example"
    And service "zato.security.tls.channel.get-by-name" answers with "{"name": "features clients"}"
    And its "/is_active" is true
    And service "zato.security.tls.channel.get-list" answers with "{"query": "features clients"}"
    And its answer has "1" elements
    And service "zato.security.tls.channel.delete" answers with "{"id": #{id}}"

  Scenario Outline: It is refused: <service> with <request>
    When service "zato.security.tls.<service>" is invoked with "<request>"
    Then status is "<status>"
    And path "/zato_env/details" contains "<details>"

    Examples:
      | service              | request                      | status | details                              |
      | ca-cert.create       | {"name": "x", "value": "x"}  | 400    | must be certificates in PEM          |
      | ca-cert.edit         | {"id": 0}                    | 404    | no CA certificate with ID 0          |
      | ca-cert.delete       | {"id": 0}                    | 404    | no CA certificate with ID 0          |
      | ca-cert.get-list     | {"cur_page": 0}              | 400    | `cur_page` must be from 1            |
      | ca-cert.get-by-id    | {"id": 0}                    | 404    | no CA certificate with ID 0          |
      | ca-cert.get-by-name  | {"name": "none"}             | 404    | no CA certificate with name `none`   |
      | key-cert.create      | {"name": "x", "value": "x"}  | 400    | must have a certificate in PEM       |
      | key-cert.edit        | {"id": 0}                    | 404    | no key and certificate with ID 0     |
      | key-cert.delete      | {"id": 0}                    | 404    | no key and certificate with ID 0     |
      | key-cert.get-list    | {"cur_page": 0}              | 400    | `cur_page` must be from 1            |
      | key-cert.get-by-id   | {"id": 0}                    | 404    | no key and certificate with ID 0     |
      | key-cert.get-by-name | {"name": "none"}             | 404    | no key and certificate with name     |
      | channel.create       | {"name": "x", "value": "x"}  | 400    | must be lines such as CN=shop-*      |
      | channel.edit         | {"id": 0}                    | 404    | no client certificate with ID 0      |
      | channel.delete       | {"id": 0}                    | 404    | no client certificate with ID 0      |
      | channel.get-list     | {"cur_page": 0}              | 400    | `cur_page` must be from 1            |
      | channel.get-by-id    | {"id": 0}                    | 404    | no client certificate with ID 0      |
      | channel.get-by-name  | {"name": "none"}             | 404    | no client certificate with name      |
