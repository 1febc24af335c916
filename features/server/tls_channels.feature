Feature: Channels that know clients by their certificates

  Two servers of one database: one speaks TLS. What is defined at either is in effect at both.

  Background:
    Given context is cleaned up
    And a directory for servers
    And a free port, named "PLAIN_PORT"
    And a free port, named "TLS_PORT"
    When "apitest server create plain --port $PLAIN_PORT" is run
    Then it exits with "0"
    When "apitest server create secure --join plain --port $TLS_PORT" is run
    Then it exits with "0"

  Scenario: REST and WebSocket channels, and a definition that is changed while they are called
    When "apitest server start plain" is run
    Then it exits with "0"
    When "apitest server start secure --certificate $CERTIFICATES/server.pem --key $CERTIFICATES/server.key --client-authorities $CERTIFICATES/ca.pem" is run
    Then it exits with "0"
    And it prints "Listening on https://127.0.0.1:"
    When "apitest server health secure --wait 30" is run
    Then it exits with "0"
    Given address "http://127.0.0.1:${PLAIN_PORT}"
    When service "zato.security.tls.channel.create" is invoked
      """
      {"name": "clients", "value": "CN=cl*t"}
      """
    Then status is "200"
    And I store its "/id" under "clients"
    When service "zato.http-soap.create" is invoked
      """
      {"name": "greeting", "connection": "channel", "transport": "plain_http", "url_path": "/greeting",
       "service": "hello.hello", "security_id": #{clients}}
      """
    Then status is "200"
    When service "zato.channel.web-socket.create" is invoked
      """
      {"name": "echo", "service": "zato.helpers.echo", "url_path": "/echo", "security_id": #{clients}}
      """
    Then status is "200"

    Given request is cleaned up
    And requests are not authenticated
    And URL path "/greeting"
    When the URL is invoked
    Then status is "401"

    Given address "https://127.0.0.1:${TLS_PORT}"
    And CA file "${CERTIFICATES}/ca.pem"
    When the URL is invoked
    Then status is "401"

    Given client certificate "${CERTIFICATES}/client.pem" with key "${CERTIFICATES}/client.key"
    When the URL is invoked
    Then within "30" seconds status is "200"
    And path "/greeting" is "Hello, World"

    Given client certificate "${CERTIFICATES}/websockets.pem" with key "${CERTIFICATES}/websockets.key"
    When the URL is invoked
    Then status is "401"

    Given address "http://127.0.0.1:${PLAIN_PORT}"
    Then service "zato.security.tls.channel.edit" answers with "{"id": #{clients}, "value": "CN=websockets"}"
    Given request is cleaned up
    And requests are not authenticated
    And address "https://127.0.0.1:${TLS_PORT}"
    And URL path "/greeting"
    When the URL is invoked
    Then within "30" seconds status is "200"

    Given request is cleaned up
    And I use Zato WSX
    And URL path "/echo"
    And I connect to a Zato WSX channel without credentials
    And request is "{"a": 1}"
    When the URL is invoked
    Then status is "200"
    And path "/a" is an integer "1"

    Given I close WSX connection
    And client certificate "${CERTIFICATES}/client.pem" with key "${CERTIFICATES}/client.key"
    And I connect to a Zato WSX channel without credentials
    Then this fails with "not authorized"
      """
      Then WSX client is authenticated
      """

  Scenario: What a server cannot be started with is told
    When "apitest server start secure --certificate $CERTIFICATES/expired.pem --key $CERTIFICATES/expired.key" is run
    Then it exits with "2"
    And its errors have "the certificate of `CN=expired` expired on"
    When "apitest server start secure --certificate $CERTIFICATES/server.pem --key $CERTIFICATES/client.key" is run
    Then it exits with "2"
    And its errors have "is not that of the certificate"
    When "apitest server start secure --certificate $CERTIFICATES/server.pem" is run
    Then it exits with "2"
    And its errors have "there is no private key in PEM"
