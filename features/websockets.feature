Feature: WebSockets

  A scenario opens WebSockets, sends over them, and receives what comes; each is closed when it is over.

  Scenario: A message and its answer
    Given I connect to WebSocket "$WEBSOCKET_SERVER" as "echo"
    When I send "Hello" to WebSocket "echo"
    And I receive the next message from WebSocket "echo"
    Then the message's text is "Hello"
    And the message's type is "text"
    And WebSocket "echo" is open

  Scenario: Text and JSON from doc strings, with values put in
    Given I connect to WebSocket "$WEBSOCKET_SERVER" as "echo"
    And I store "Maria" under "name"
    When I send to WebSocket "echo"
      """
      Hello, #{name}
      """
    And I receive the next message from WebSocket "echo" within "10" seconds
    Then the message's text is "Hello, Maria"
    When I send JSON to WebSocket "echo"
      """
      {"order": {"customer": "#{name}", "lines": [1, 2]}}
      """
    And I receive the next message from WebSocket "echo"
    Then the message's path "/order/customer" is "Maria"
    And the message's paths are
      | path            | check           | value |
      | /order/customer | starts with     | Mar   |
      | /order/lines    | has             | 2     |
      | /order/none     | does not exist  |       |
    And this fails with "/order/customer"
      """
      Then the message's paths are
        | path            | check | value |
        | /order/lines/0  | is an integer | 1 |
        | /order/customer |       | Mario |
      """
    And the message's JSON Pointer "/order/lines" is JSON "[1, 2]"
    And the message's JSONPath "$.order.lines[*]" has "2" elements
    And the message's JSON is JSON "{"order": {"customer": "Maria", "lines": [1, 2]}}"
    And each item of the message's path "/order/lines" is any integer
    And I store the message's path "/order/lines/1" under "line"
    And variable "#line" is an integer "2"
    And this is refused with "The message is not valid JSON"
      """
      When I send JSON to WebSocket "echo"
        '''
        {"order": }
        '''
      """

  Scenario: XML
    Given I connect to WebSocket "$WEBSOCKET_SERVER" as "echo"
    When I send "<order><total>5</total></order>" to WebSocket "echo"
    And I receive the next message from WebSocket "echo"
    Then the message's XPath "//total" is "5"
    And this fails with "XPath //total of the message"
      """
      Then the message's XPath "//total" is "6"
      """

  Scenario: Messages from files
    Given I connect to WebSocket "$WEBSOCKET_SERVER" as "echo"
    When I send JSON from "customer.json" to WebSocket "echo"
    And I receive the next message from WebSocket "echo"
    Then the message's text contains "name"
    When I send text from "order.txt" to WebSocket "echo"
    And I receive the next message from WebSocket "echo"
    Then the message's type is "text"
    When I send binary from "order.txt" to WebSocket "echo"
    And I receive the next message from WebSocket "echo"
    Then the message's type is "binary"
    And this is refused with "not valid JSON"
      """
      When I send JSON from "broken.json" to WebSocket "echo"
      """
    And this is refused with "There is no request file"
      """
      When I send binary from "missing.png" to WebSocket "echo"
      """

  Scenario: Bytes
    Given I connect to WebSocket "$WEBSOCKET_SERVER" as "echo"
    When I send bytes "00 ff 10" to WebSocket "echo"
    And I receive the next message from WebSocket "echo"
    Then the message's bytes is "00 ff 10"
    When I send bytes to WebSocket "echo"
      """
      00 01
      02 03
      """
    And I receive the next message from WebSocket "echo"
    Then the message's bytes starts with "00 01 02"
    And this fails with "the bytes of the message"
      """
      Then the message's bytes is "00"
      """
    And this fails with "the type of the message"
      """
      Then the message's type is "text"
      """
    And this is refused with "is not a row of bytes"
      """
      When I send bytes "0g" to WebSocket "echo"
      """

  Scenario: One of several messages
    Given I connect to WebSocket "$WEBSOCKET_SERVER" as "feed"
    When I send JSON to WebSocket "feed"
      """
      {"send": [{"type": "hello"}, {"type": "order", "id": 5}, "not JSON", {"type": "bye", "id": 7}]}
      """
    And I receive a message from WebSocket "feed" whose path "/type" is "order"
    Then the message's path "/id" is an integer "5"
    When I receive a message from WebSocket "feed" whose path "/id" is "7" within "10" seconds
    Then the message's path "/type" is "bye"
    When I receive a message from WebSocket "feed" that contains "not"
    Then the message's text is "not JSON"
    When I receive a message from WebSocket "feed" that contains "hello" within "10" seconds
    Then the message's path "/type" is "hello"
    And no message comes from WebSocket "feed" within "0.05" seconds
    And the number of messages from WebSocket "feed" is "4"
    And JSONPath "$[?@.type == 'order'].id" of the messages from WebSocket "feed" is JSON "[5]"
    And JSONPath "$[*].type" of the messages from WebSocket "feed" has "3" elements

  Scenario: Messages that come later
    Given I connect to WebSocket "$WEBSOCKET_SERVER" as "feed"
    When I send JSON to WebSocket "feed"
      """
      {"send": [{"type": "late"}], "after": 0.1}
      """
    Then within "10" seconds the number of messages from WebSocket "feed" is "1"
    And within "10" seconds JSONPath "$[0].type" of the messages from WebSocket "feed" is "late"

  Scenario: Messages that do not come
    Given I connect to WebSocket "$WEBSOCKET_SERVER" as "feed"
    Then this fails with "There is no message yet"
      """
      Then the message's text is "Hello"
      """
    And this fails with "A message did not come within 0.05 seconds"
      """
      When I receive the next message from WebSocket "feed" within "0.05" seconds
      """
    Given timeout is "0.05"
    Then this fails with "A message did not come within 0.05 seconds"
      """
      When I receive the next message from WebSocket "feed"
      """
    When I send "Hello" to WebSocket "feed"
    Given timeout is "10"
    Then within "10" seconds the number of messages from WebSocket "feed" is "1"
    And this fails with "Not received so far: 1 of other content, the last one "Hello""
      """
      When I receive a message from WebSocket "feed" whose path "/type" is "order" within "0.05" seconds
      """
    And this fails with "A message that contains "bye" did not come"
      """
      When I receive a message from WebSocket "feed" that contains "bye" within "0.05" seconds
      """
    And no message whose path "/type" is "order" comes from WebSocket "feed" within "0.05" seconds
    And this fails with "There is a message actual Hello"
      """
      Then no message comes from WebSocket "feed" within "0.05" seconds
      """
    When I send "{"type": "order"}" to WebSocket "feed"
    Then this fails with "There is a message whose path /type is "order""
      """
      Then no message whose path "/type" is "order" comes from WebSocket "feed" within "10" seconds
      """

  Scenario: Checks of a message that do not hold
    Given I connect to WebSocket "$WEBSOCKET_SERVER" as "echo"
    When I send "{"a": 1}" to WebSocket "echo"
    And I receive the next message from WebSocket "echo"
    Then the message's path "/b" does not exist
    And this fails with "path /a of the message"
      """
      Then the message's path "/a" is an integer "2"
      """
    And this fails with "the JSON of the message"
      """
      Then the message's JSON is JSON "{"a": 2}"
      """
    And this fails with "JSONPath $.a of the message"
      """
      Then the message's JSONPath "$.a" is an integer "2"
      """
    And this fails with "the text of the message"
      """
      Then the message's text contains "b"
      """
    And this fails with "the messages from WebSocket "echo""
      """
      Then JSONPath "$[0].a" of the messages from WebSocket "echo" is an integer "2"
      """
    And this fails with "the number of messages from WebSocket "echo""
      """
      Then the number of messages from WebSocket "echo" is "2"
      """

  Scenario: Messages that are answered by themselves
    Given I connect to WebSocket "$WEBSOCKET_SERVER" as "rpc"
    And messages from WebSocket "rpc" whose path "/method" is "version" are answered with
      """
      {"id": "[path /id]", "result": {"version": "1.4", "none": "[path /none]"}}
      """
    When I send JSON to WebSocket "rpc"
      """
      {"send": [{"method": "other", "id": 1}, {"method": "version", "id": 2}]}
      """
    # What is sent is echoed by this server.
    And I receive a message from WebSocket "rpc" whose path "/result/version" is "1.4" within "10" seconds
    Then the message's path "/id" is an integer "2"
    And the message's path "/result/none" is null
    And the number of messages from WebSocket "rpc" is "3"
    And this is refused with "The answer is not valid JSON"
      """
      Given messages from WebSocket "rpc" whose path "/method" is "version" are answered with
        '''
        {
        '''
      """

  Scenario: Several WebSockets at once
    Given I connect to WebSocket "$WEBSOCKET_SERVER" as "one"
    And I connect to WebSocket "$WEBSOCKET_SERVER" as "two"
    When I send "to one" to WebSocket "one"
    And I send "to two" to WebSocket "two"
    And I receive the next message from WebSocket "two"
    Then the message's text is "to two"
    When I receive the next message from WebSocket "one"
    Then the message's text is "to one"
    And this is refused with "There is no WebSocket "three" in this scenario"
      """
      When I send "x" to WebSocket "three"
      """

  Scenario: Each is closed with its scenario
    Then this is refused with "There is no WebSocket "one" in this scenario"
      """
      When I send "x" to WebSocket "one"
      """

  Scenario: Pings and pongs
    Given I connect to WebSocket "$WEBSOCKET_SERVER" as "feed"
    When I send a ping to WebSocket "feed"
    Then WebSocket "feed" answers a ping within "10" seconds
    When I send JSON to WebSocket "feed"
      """
      {"ping": true, "after": 0.2}
      """
    Then WebSocket "feed" sends a ping within "10" seconds
    And this fails with "No ping came within 0.05 seconds"
      """
      Then WebSocket "feed" sends a ping within "0.05" seconds
      """
    When I send JSON to WebSocket "feed"
      """
      {"drop": true}
      """
    Then within "10" seconds the side that closed WebSocket "feed" is "nobody"
    And this fails with "WebSocket "feed" is closed: the connection was lost"
      """
      Then WebSocket "feed" is open
      """
    And this fails with "WebSocket "feed" is closed: the connection was lost"
      """
      Then WebSocket "feed" answers a ping within "10" seconds
      """

  Scenario: The server closes
    Given I connect to WebSocket "$WEBSOCKET_SERVER" as "feed"
    Then the close code of WebSocket "feed" does not exist
    And this fails with "WebSocket "feed" is still open"
      """
      Then the close code of WebSocket "feed" is "1000"
      """
    And this fails with "The server does not close it within 0.05 seconds"
      """
      Then the server closes WebSocket "feed" within "0.05" seconds
      """
    When I send JSON to WebSocket "feed"
      """
      {"close": 4001, "reason": "bye"}
      """
    Then the server closes WebSocket "feed" within "10" seconds
    And the close code of WebSocket "feed" is "4001"
    And the close reason of WebSocket "feed" is "bye"
    And the side that closed WebSocket "feed" is "server"
    And this fails with "the close reason of WebSocket "feed""
      """
      Then the close reason of WebSocket "feed" contains "later"
      """
    And this fails with "the side that closed WebSocket "feed""
      """
      Then the side that closed WebSocket "feed" is "client"
      """
    And this fails with "WebSocket "feed" is closed: the server closed it, code 4001 (bye)"
      """
      When I receive the next message from WebSocket "feed"
      """

  Scenario: The test closes
    Given I connect to WebSocket "$WEBSOCKET_SERVER" as "one"
    And I connect to WebSocket "$WEBSOCKET_SERVER" as "two"
    And I connect to WebSocket "$WEBSOCKET_SERVER" as "three"
    When I close WebSocket "one"
    And I close WebSocket "two" with code "4002"
    And I close WebSocket "three" with code "4003" and reason "no longer needed"
    Then the close code of WebSocket "one" is "1000"
    And the close code of WebSocket "two" is "4002"
    And the close reason of WebSocket "three" is "no longer needed"
    And the side that closed WebSocket "three" is "client"
    And this is refused with "is closed: it was closed by this test, code 1000"
      """
      When I send "x" to WebSocket "one"
      """
    And this fails with "The server did not close it: it was closed by this test"
      """
      Then the server closes WebSocket "one" within "10" seconds
      """
    And this is refused with "A client cannot close a WebSocket with code 1006"
      """
      When I close WebSocket "one" with code "1006"
      """

  Scenario: A server that refuses
    Then connecting to WebSocket "${WEBSOCKET_SERVER}/refuse/403" is refused with status "403"
    And this fails with "expected 401 actual 403 Forbidden"
      """
      Then connecting to WebSocket "${WEBSOCKET_SERVER}/refuse/403" is refused with status "401"
      """
    And this fails with "actual 101 Switching Protocols"
      """
      Then connecting to WebSocket "$WEBSOCKET_SERVER" is refused with status "403"
      """
    And this fails with "The server refused the WebSocket: 403 Forbidden"
      """
      Given I connect to WebSocket "${WEBSOCKET_SERVER}/refuse/403" as "feed"
      """
    And this is refused with "is not the URL of a WebSocket"
      """
      Given I connect to WebSocket "ftp://localhost/" as "feed"
      """
    And this is refused with "is not that of a WebSocket handshake"
      """
      Given I connect to WebSocket "${FAULTY_SERVER}/garbage" as "feed"
      """

  Scenario: Headers, sign-in and cookies of the handshake
    Given address "$WEBSOCKET_SERVER"
    And header "X-Tenant" "acme"
    And query parameter "lang" is "en"
    And Basic Auth "maria" "a-password"
    And cookie "session" "abc"
    And I connect to WebSocket "/headers" as "feed"
    When I receive the next message from WebSocket "feed"
    Then the message's path "/x-tenant" is "acme"
    And the message's path "/cookie" is "session=abc"
    And the message's path "/authorization" starts with "Basic "
    And header "X-Node" of WebSocket "feed" is "node-1"
    And this fails with "header X-Node of WebSocket "feed""
      """
      Then header "X-Node" of WebSocket "feed" is "node-2"
      """
    Given I connect to WebSocket "/headers" as "feed"
    When I receive the next message from WebSocket "feed"
    Then the message's path "/cookie" contains "visit=42"
    And the message's path "/x-tenant" does not exist

  Scenario: Subprotocols
    Given WebSocket subprotocols are "chat, json"
    And I connect to WebSocket "$WEBSOCKET_SERVER" as "feed"
    Then the subprotocol of WebSocket "feed" is "json"
    And this fails with "the subprotocol of WebSocket "feed""
      """
      Then the subprotocol of WebSocket "feed" is "chat"
      """
    Given WebSocket subprotocol is "chat"
    And I connect to WebSocket "$WEBSOCKET_SERVER" as "feed"
    Then the subprotocol of WebSocket "feed" does not exist

  Scenario: Pings without an answer
    Given WebSocket pings are not answered
    And I connect to WebSocket "$WEBSOCKET_SERVER" as "feed"
    When I send JSON to WebSocket "feed"
      """
      {"ping": true, "after": 0.1}
      """
    Then WebSocket "feed" sends a ping within "10" seconds
    And WebSocket "feed" is open

  Scenario: Sizes
    Given responses are limited to "20 B"
    And I connect to WebSocket "$WEBSOCKET_SERVER" as "echo"
    When I send "A text of more than twenty bytes" to WebSocket "echo"
    Then this fails with "The server sends a message of more than 20 bytes"
      """
      When I receive the next message from WebSocket "echo"
      """

  Scenario: TLS
    Given CA file "${CERTIFICATES}/ca.pem"
    And I connect to WebSocket "$TLS_WEBSOCKET_SERVER" as "echo"
    When I send "Hello" to WebSocket "echo"
    And I receive the next message from WebSocket "echo"
    Then the message's text is "Hello"

  Scenario: A certificate that is not trusted
    Then this is refused with "is not trusted"
      """
      Given I connect to WebSocket "$TLS_WEBSOCKET_SERVER" as "echo"
      """
