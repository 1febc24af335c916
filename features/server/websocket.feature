Feature: WebSocket channels

  They are created, changed, stopped and deleted while the server runs.

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"

  Scenario: The life of a channel
    When service "zato.channel.web-socket.create" is invoked
      """
      {"name": "features chat", "service": "zato.helpers.echo", "url_path": "/features/chat", "token_ttl": 600}
      """
    Then status is "200"
    And I store its "/id" under "id"
    And service "zato.channel.web-socket.edit" answers with "{"id": #{id}, "ping_interval": 2.5}"
    And service "zato.channel.web-socket.get-by-id" answers with "{"id": #{id}}"
    And its "/url_path" is "/features/chat"
    And its "/ping_interval" is a float "2.5"
    And service "zato.channel.web-socket.get-by-name" answers with "{"name": "features chat"}"
    And its "/is_active" is true
    And service "zato.channel.web-socket.broadcast" answers with "{"id": #{id}, "request_data": {"a": 1}}"
    And its "/clients" is an integer "0"
    And service "zato.channel.web-socket.stop" answers with "{"id": #{id}}"
    And its "/is_active" is false
    And service "zato.channel.web-socket.start" answers with "{"id": #{id}}"
    And its "/is_active" is true
    And service "zato.channel.web-socket.get-list" answers with "{"query": "features chat"}"
    And its answer has "1" elements
    And service "zato.channel.web-socket.delete" answers with "{"id": #{id}}"

  Scenario: A service that is not there cannot be mounted
    When service "zato.channel.web-socket.create" is invoked with "{"name": "features none", "service": "nope"}"
    Then status is "400"

  Scenario: A channel is tapped
    When service "zato.channel.web-socket.create" is invoked
      """
      {"name": "features tapped", "service": "zato.helpers.echo", "url_path": "/features/tapped"}
      """
    Then status is "200"
    And I store its "/id" under "id"
    And service "zato.channel.web-socket.start-tap" answers with "{"id": #{id}, "size": 10}"
    And I store its "/tap_id" under "tap"
    And service "zato.channel.web-socket.read-tap" answers with "{"tap_id": "#{tap}", "timeout": 0.01}"
    And its "/dropped" is an integer "0"
    And service "zato.channel.web-socket.stop-tap" answers with "{"tap_id": "#{tap}"}"
    And service "zato.channel.web-socket.delete" answers with "{"id": #{id}}"

  Scenario Outline: <verb> needs something to look at
    When service "zato.channel.web-socket.<verb>" is invoked with "{"tap_id": "x", "pub_client_id": "ws.x"}"
    Then status is "404"

    Examples:
      | verb      |
      | start-tap |
      | read-tap  |
      | stop-tap  |

  Scenario: Nobody is connected
    When service "zato.channel.web-socket.create" is invoked
      """
      {"name": "features empty", "service": "zato.helpers.echo", "url_path": "/features/empty"}
      """
    Then status is "200"
    And I store its "/id" under "id"
    And service "zato.channel.web-socket.get-connection-list" answers with "{"id": #{id}, "ext_client_id": "c1"}"
    And its answer has "0" elements
    And service "zato.channel.web-socket.get-connection-changes" answers with "{"id": #{id}}"
    And its "/is_anew" is true
    And its "/rows" is an empty list
    And service "zato.channel.web-socket.delete" answers with "{"id": #{id}}"

  Scenario: News of connections are not waited for by the hour
    When service "zato.channel.web-socket.get-connection-changes" is invoked with "{"timeout": 3600}"
    Then status is "400"

  Scenario Outline: <verb> needs a connection
    When service "zato.channel.web-socket.<verb>" is invoked with "{"pub_client_id": "ws.x", "request_data": ""}"
    Then status is "404"

    Examples:
      | verb                  |
      | invoke-wsx            |
      | disconnect-connection |

  Scenario Outline: <verb> needs a channel
    When service "zato.channel.web-socket.<verb>" is invoked with "{"id": 999999, "request_data": ""}"
    Then status is "404"

    Examples:
      | verb      |
      | edit      |
      | delete    |
      | get-by-id |
      | start     |
      | stop      |
      | broadcast |

  Scenario: Wrong input is refused
    When service "zato.channel.web-socket.get-by-name" is invoked with "{"name": "nope"}"
    Then status is "404"
    When service "zato.channel.web-socket.get-list" is invoked with "{"cur_page": 0}"
    Then status is "400"
    When service "zato.channel.web-socket.get-connection-list" is invoked with "{"sort_by": "secret"}"
    Then status is "400"

  Scenario: The gateway invokes any service
    Then service "helpers.web-sockets-gateway" answers with "{"service": "zato.ping"}"
    And its "/pong" is "zato"
    When service "helpers.web-sockets-gateway" is invoked with "{"service": "nope"}"
    Then status is "404"
