Feature: Publish/subscribe

  A server with topics, over REST and over WSX. Whoever subscribes to a topic gets what is published on it.

  Background:
    Given context is cleaned up
    And address "$PUBSUB_SERVER"
    And Basic Auth "maria" "s3cret-w0rd"
    And I connect to publish/subscribe over REST as "shop"
    And address "$PUBSUB_WSX"
    And URL path "/gateway"
    And I connect to publish/subscribe over WSX as "till"

  Scenario: Messages are published, pulled over REST, and checked like a response
    Given "shop" subscribes to topic "/orders/pulled"
    When "till" publishes JSON "{"id": 5, "items": [1, 2]}" on topic "/orders/pulled"
    Then path "/msg_id" starts with "zpsm"
    And I store "/msg_id" from response under "id"
    When "shop" receives a message on topic "/orders/pulled"
    Then the message's path "/id" is an integer "5"
    And the message's path "/items" has "2" elements
    And the message's property "msg_id" is "#id"
    And the message's property "delivery_count" is an integer "1"
    And this fails with "is not the expected one"
      """
      Then the message's property "priority" is an integer "6"
      """
    And this fails with "The message has no property"
      """
      Then the message's property "priorty" is an integer "5"
      """
    And this fails with "No message came on topic "/orders/pulled" within 0.1 seconds"
      """
      Then within "0.1" seconds "shop" receives a message on topic "/orders/pulled"
      """
    And within "0.1" seconds "shop" receives no message on topic "/orders/pulled"

  Scenario: Messages are pushed over WSX; one is chosen by any check, and none is lost
    Given "till" subscribes to topic "/orders/pushed"
    When "shop" publishes JSON on topic "/orders/pushed"
      """
      {"id": 1, "total": 10}
      """
    And "shop" publishes JSON "{"id": 2, "total": 20}" on topic "/orders/pushed"
    And "shop" publishes "the last one" on topic "/orders/pushed"
    Then within "10" seconds "till" receives a message on topic "/orders/pushed" where path "/id" is an integer "2"
    And the message's path "/total" is an integer "20"
    And "till" receives a message on topic "/orders/pushed" where response text contains "last"
    And this fails with "There is a message on topic"
      """
      Then within "0.1" seconds "till" receives no message on topic "/orders/pushed" where path "/total" is less than "15"
      """
    And this fails with "No message came on topic"
      """
      Then within "0.1" seconds "till" receives a message on topic "/orders/pushed" where path "/id" is an integer "3"
      """
    Given timeout is "0.2"
    Then this fails with "There is a message on topic"
      """
      Then "till" receives no message on topic "/orders/pushed"
      """
    And "till" receives a message on topic "/orders/pushed"
    And "till" receives no message on topic "/orders/pushed"
    And this fails with "No message came on topic "/orders/pushed" within 0.2 seconds"
      """
      Then "till" receives a message on topic "/orders/pushed"
      """

  Scenario: All messages so far: their order, their number, and how often each was delivered
    Given "till" subscribes to topic "/orders/all"
    And "shop" publishes JSON "{"n": 1}" on topic "/orders/all"
    And "shop" publishes JSON "{"n": 2}" on topic "/orders/all"
    Then within "10" seconds the number of messages that "till" got on topic "/orders/all" is "2"
    And JSONPath "$[*].data.n" of the messages that "till" got on topic "/orders/all" is JSON "[1, 2]"
    And JSONPath "$[*].msg_id" of the messages that "till" got on topic "/orders/all" has unique elements
    And this fails with "is not the expected one"
      """
      Then the number of messages that "till" got on topic "/orders/all" is "3"
      """
    And this fails with "JSON"
      """
      Then JSONPath "$[*].data.n" of the messages that "till" got on topic "/orders/all" is JSON "[2, 1]"
      """

  Scenario: Messages with properties
    Given "shop" subscribes to topic "/orders/properties"
    When "shop" publishes "can wait" on topic "/orders/properties"
    And "shop" publishes "urgent" on topic "/orders/properties" with
      | priority  | 9            |
      | mime_type | text/x-order |
    Then "shop" receives a message on topic "/orders/properties"
    And the message's text is "urgent"
    And the message's property "mime_type" is "text/x-order"
    And "shop" receives a message on topic "/orders/properties"
    And the message's text is "can wait"

  Scenario: A subscriber that wants a list, and one that stays a while without acknowledging
    Given "till" subscribes to topic "/other" with
      | wrap_one_msg_in_list | True |
    And "till" does not acknowledge messages
    When "shop" publishes "once more" on topic "/other"
    Then within "10" seconds "till" receives a message on topic "/other"
    Given "till" acknowledges messages
    And "till" unsubscribes from topic "/other"
    Then within "0.1" seconds "till" receives no message on topic "/other"

  Scenario: Who may not
    Then "shop" may not publish on topic "/payments"
    And "till" may not subscribe to topic "/payments"
    And this fails with "This must be forbidden"
      """
      Then "shop" may not publish on topic "/orders"
      """
    And this fails with "This must be forbidden"
      """
      Then "till" may not subscribe to topic "/orders"
      """
    And this fails with "cannot publish on topic "/payments": 403"
      """
      When "shop" publishes "x" on topic "/payments"
      """
    And this fails with "cannot receive from topic "/other": 400 You are not subscribed"
      """
      Then within "0.1" seconds "shop" receives no message on topic "/other"
      """

  Scenario: That nothing comes where nobody has subscribed proves nothing
    Then this fails with "is not subscribed to topic"
      """
      Then within "0.1" seconds "till" receives no message on topic "/odd name"
      """
    And this is refused with "There is no client "phone" of publish/subscribe"
      """
      When "phone" publishes "x" on topic "/orders"
      """
    And this fails with "There is no message yet"
      """
      Then the message's property "priority" is an integer "5"
      """
