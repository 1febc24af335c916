Feature: Publish/subscribe over WebSocket channels

  Clients of a channel whose service is a gateway subscribe to topics; what is published comes over their connections.

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"

  Scenario: A client subscribes, and its subscription outlives its connection
    When service "zato.pubsub.topic.create" is invoked with "{"name": "/features/wsx"}"
    Then status is "200"
    When service "zato.channel.web-socket.create" is invoked
      """
      {"name": "features clients", "service": "helpers.web-sockets-gateway", "url_path": "/features/clients"}
      """
    Then status is "200"
    And I store its "/id" under "channel"
    When service "zato.pubsub.endpoint.create" is invoked
      """
      {"name": "features clients", "endpoint_type": "wsx", "role": "pub-sub",
       "topic_patterns": "pub=/features/*\nsub=/features/*",
       "ws_channel_id": #{channel}}
      """
    Then status is "200"
    Given I use Zato WSX
    And URL path "/features/clients"
    And WSX client ID is "till-7" and its name is "Till 7"
    And Zato WebSockets service "zato.pubsub.pubapi.subscribe-wsx"
    And request is "{"topic_name": "/features/wsx"}"
    When the URL is invoked
    Then status is "200"
    And path "/sub_key" starts with "zpsk.websockets."
    And path "/queue_depth" is an integer "0"
    And I store "/sub_key" from response under "key"
    Given Zato WebSockets service "zato.channel.web-socket.get-connection-list"
    And request is "{"id": #{channel}}"
    When the URL is invoked
    Then I store "/0/pub_client_id" from response under "connection"
    Given Zato WebSockets service "zato.channel.web-socket.get-sub-key-data-list"
    And request is "{"pub_client_id": "#{connection}"}"
    When the URL is invoked
    Then path "/0/topic_name" is "/features/wsx"
    And path "/0/sub_key" is "#key"
    And I store "/0/creation_time" from response under "created"
    Given I close WSX connection
    And URL path "/features/clients"
    And I connect to a Zato WSX channel without credentials
    Given Zato WebSockets service "zato.pubsub.resume-wsx-subscription"
    And request is "{"sub_key": "#{key}"}"
    When the URL is invoked
    Then status is "200"
    And path "/queue_depth" is an integer "0"
    Given Zato WebSockets service "zato.channel.web-socket.get-connection-list"
    And request is "{"id": #{channel}}"
    When the URL is invoked
    Then I store "/0/pub_client_id" from response under "connection"
    Given Zato WebSockets service "zato.channel.web-socket.get-sub-key-data-list"
    And request is "{"pub_client_id": "#{connection}"}"
    When the URL is invoked
    Then path "/0/creation_time" is "#created"
    Given Zato WebSockets service "zato.pubsub.pubapi.unsubscribe"
    And request is "{"sub_key": "#{key}"}"
    When the URL is invoked
    Then status is "200"
    Given Zato WebSockets service "zato.pubsub.resume-wsx-subscription"
    And request is "{"sub_key": "#{key}"}"
    When the URL is invoked
    Then status is "403"
    Given Zato WebSockets service "zato.pubsub.pubapi.subscribe-wsx"
    And request is "{"topic_name": "/staff/wsx"}"
    When the URL is invoked
    Then status is "403"

  Scenario: What is published comes over the connection
    Given URL path "/features/clients"
    And WSX client ID is "till-8" and its name is "Till 8"
    And I connect to publish/subscribe over WSX as "till"
    And "till" subscribes to topic "/features/wsx"
    When "till" publishes JSON "{"id": 5}" on topic "/features/wsx"
    Then within "10" seconds "till" receives a message on topic "/features/wsx"
    And the message's path "/id" is an integer "5"
    And the message's property "delivery_count" is an integer "1"
    And "till" may not publish on topic "/staff/wsx"
    And "till" may not subscribe to topic "/staff/wsx"

  Scenario Outline: <kind> <name> is deleted
    When service "zato.<kind>.get-by-name" is invoked with "{"name": "<name>"}"
    Then I store its "/id" under "id"
    And service "zato.<kind>.delete" answers with "{"id": #{id}}"

    Examples:
      | kind               | name             |
      | pubsub.endpoint    | features clients |
      | channel.web-socket | features clients |
      | pubsub.topic       | /features/wsx    |

  Scenario Outline: <service> is for clients of channels
    When service "<service>" is invoked with "{"topic_name": "/features/wsx", "sub_key": "x"}"
    Then status is "400"

    Examples:
      | service                             |
      | zato.pubsub.pubapi.subscribe-wsx    |
      | zato.pubsub.pubapi.unsubscribe      |
      | zato.pubsub.resume-wsx-subscription |

  Scenario: A connection that is not there has no subscriptions
    When service "zato.channel.web-socket.get-sub-key-data-list" is invoked with "{"pub_client_id": "ws.x"}"
    Then status is "404"

  Scenario: The gateway for subscribers invokes nothing that server.conf does not name
    When service "helpers.web-sockets-pub-sub-gateway" is invoked with "{"service": "zato.ping"}"
    Then status is "403"
