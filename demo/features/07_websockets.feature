# WebSockets: messages go both ways over one connection, which is closed when its scenario is over.

Feature: Services over WebSockets

  Background:
    Given address "@address"

  Scenario: A service is invoked over a channel
    # From here on, requests travel over the WebSocket channel at this path instead of HTTP.
    Given I use Zato WSX
    And URL path "/wsx/echo"
    And request is
      """
      {"name": "Maria", "tags": ["new"]}
      """

    When the URL is invoked

    Then WSX client is authenticated
    And status is "200"
    And path "/name" is "Maria"
    And path "/tags" has "1" elements

  Scenario: A channel that asks who is there
    Given I use Zato WSX
    And URL path "/wsx/gateway"
    And Zato WebSockets credentials "user" "password"
    And Zato WebSockets service "zato.ping"

    When the URL is invoked

    Then path "/pong" is "zato"

  # The same with the sentences for any WebSocket: what travels is up to the scenario.
  Scenario: Messages as they are
    Given I connect to WebSocket "/wsx/echo" as "echo"

    When I send JSON to WebSocket "echo"
      """
      {"meta": {"action": "create-session", "id": "1", "client_id": "demo", "client_name": "Demo"}, "data": {}}
      """
    And I receive a message from WebSocket "echo" whose path "/meta/in_reply_to" is "1" within "5" seconds

    Then the message's path "/meta/status" is an integer "200"
    And I store the message's path "/data/token" under "token"

    When I send JSON to WebSocket "echo"
      """
      {"meta": {"action": "invoke-service", "id": "2", "token": "#{token}"}, "data": {"hello": "world"}}
      """
    And I receive the next message from WebSocket "echo"

    Then the message's path "/data" matches JSON "{"hello": "world"}"
    And the number of messages from WebSocket "echo" is "2"
    And WebSocket "echo" answers a ping within "5" seconds
    And no message comes from WebSocket "echo" within "0.1" seconds

  Scenario: A client that does not say who it is
    Given I connect to WebSocket "/wsx/echo" as "echo"

    When I send "Hello?" to WebSocket "echo"

    Then the server closes WebSocket "echo" within "5" seconds
    And the side that closed WebSocket "echo" is "server"
