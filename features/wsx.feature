Feature: Zato WebSocket channels (WSX)

  The companion server has a channel that echoes, and one whose gateway invokes any service for those who may.

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"

  Scenario: A session without credentials
    Given I use Zato WSX
    And URL path "/wsx/echo"
    And I connect to a Zato WSX channel without credentials
    And request is "{"a": [1, 2]}"
    When the URL is invoked
    Then WSX client is authenticated
    And status is "200"
    And path "/a" is JSON "[1, 2]"
    And the message's path "/meta/msg_type" is "zwsx.rspok"
    Given request is "{"a": "another"}"
    When the URL is invoked
    Then path "/a" is "another"
    And the number of messages from WebSocket "WSX" is "3"
    Given I close WSX connection
    Then WSX client is disconnected
    And this fails with "is closed: it was closed by this test"
      """
      Then WSX client is authenticated
      """

  Scenario: What is not connected
    Then this is refused with "This scenario has not connected to a Zato WSX channel"
      """
      Given I close WSX connection
      """

  Scenario: A session with credentials, and services through the gateway
    Given I use Zato WSX
    And URL path "/wsx/gateway"
    And Zato WebSockets credentials "user" "password"
    And Zato WebSockets service "zato.helpers.echo"
    And request is "{"name": "Maria"}"
    When the URL is invoked
    Then WSX client is authenticated
    And path "/name" is "Maria"
    Given Zato WebSockets service "zato.ping"
    When the URL is invoked
    Then path "/pong" is "zato"
    Given Zato WebSockets service "no.such.service"
    When the URL is invoked
    Then status is "404"
    And path "/cid" is not empty
    And the message's path "/meta/error_message" is not empty
    And this fails with "The status is not the expected one"
      """
      Then status is "200"
      """

  Scenario: The credentials of Basic Auth
    Given URL path "/wsx/gateway"
    And Basic Auth "user" "password"
    And I connect to a Zato WSX channel
    Then WSX client is authenticated

  Scenario: A session that is refused
    Given I use Zato WSX
    And URL path "/wsx/gateway"
    And I connect to a Zato WSX channel without credentials
    Then this fails with "The WSX client is not authenticated: 403"
      """
      Then WSX client is authenticated
      """
    And this fails with "The WSX client is not authenticated: 403"
      """
      When the URL is invoked
      """
    And WSX client is disconnected
    And the side that closed WebSocket "WSX" is "server"

  Scenario: A client that stays connected
    Given URL path "/wsx/echo"
    And I connect to a Zato WSX channel without credentials
    And timeout is "0.05"
    Then this fails with "The WSX client is still connected after 0.05 seconds"
      """
      Then WSX client is disconnected
      """

  Scenario: The server sends a request, and the client answers it
    When service "zato.channel.web-socket.create" is invoked
      """
      {"name": "features answers", "service": "zato.helpers.echo", "url_path": "/features/answers"}
      """
    Then status is "200"
    And I store its "/id" under "channel"
    Given URL path "/features/answers"
    And WSX client ID is "till-7" and its name is "Till 7"
    And I connect to a Zato WSX channel without credentials
    And WSX client answers requests with
      """
      {"status": "ready"}
      """
    When service "zato.channel.web-socket.get-connection-list" is invoked with "{"id": #{channel}, "ext_client_id": "till-7"}"
    Then its answer has "1" elements
    And its "/0/ext_client_name" is "Till 7"
    And I store its "/0/pub_client_id" under "client"
    When service "zato.channel.web-socket.invoke-wsx" is invoked with "{"pub_client_id": "#{client}", "request_data": {"question": "are you ready"}, "timeout": 10}"
    Then its "/response_data/status" is "ready"
    When I receive a message from WebSocket "WSX" whose path "/meta/msg_type" is "zwsx.rqc"
    Then the message's path "/data/question" is "are you ready"
    And service "zato.channel.web-socket.disconnect-connection" answers with "{"pub_client_id": "#{client}"}"
    And WSX client is disconnected
    And the side that closed WebSocket "WSX" is "server"
    And service "zato.channel.web-socket.delete" answers with "{"id": #{channel}}"

  Scenario: Everybody is sent a request
    When service "zato.channel.web-socket.create" is invoked
      """
      {"name": "features broadcast", "service": "zato.helpers.echo", "url_path": "/features/broadcast"}
      """
    Then status is "200"
    And I store its "/id" under "channel"
    Given URL path "/features/broadcast"
    And I connect to a Zato WSX channel without credentials
    When service "zato.channel.web-socket.broadcast" is invoked with "{"id": #{channel}, "request_data": "hello"}"
    Then its "/clients" is an integer "1"
    When I receive a message from WebSocket "WSX" that contains "hello" within "10" seconds
    Then the message's path "/meta/msg_type" is "zwsx.rqc"
    And service "zato.channel.web-socket.delete" answers with "{"id": #{channel}}"
    And WSX client is disconnected
