# Publish/subscribe: who publishes does not know who receives. The shop publishes new orders; the kitchen and the tills
# subscribe to them, the kitchen over REST, the tills over WebSockets.

Feature: New orders

  Background:
    Given address "@address"
    # A service of this project makes the topic anew, and says who may use it: services/publish_subscribe.py
    And URL path "/orders/prepare"
    And REST method "POST"
    When the URL is invoked
    Then status is "200"

    Given Basic Auth "shop" "shop-password"
    And I connect to publish/subscribe over REST as "shop"
    And Basic Auth "kitchen" "kitchen-password"
    And I connect to publish/subscribe over REST as "kitchen"

  Scenario: An order reaches the kitchen
    Given "kitchen" subscribes to topic "/orders/new"

    When "shop" publishes JSON on topic "/orders/new"
      """
      {"id": 5, "dish": "soup", "table": 7}
      """

    Then within "5" seconds "kitchen" receives a message on topic "/orders/new" where path "/dish" is "soup"
    And the message's path "/table" is an integer "7"
    And the message's property "delivery_count" is an integer "1"
    And within "0.2" seconds "kitchen" receives no message on topic "/orders/new"

  Scenario: What is urgent comes first
    Given "kitchen" subscribes to topic "/orders/new"

    When "shop" publishes "bread" on topic "/orders/new"
    And "shop" publishes "soup" on topic "/orders/new"
    And "shop" publishes "for the boss" on topic "/orders/new" with
      | priority | 9 |

    Then within "5" seconds the number of messages that "kitchen" got on topic "/orders/new" is "3"
    And JSONPath "$[*].data" of the messages that "kitchen" got on topic "/orders/new" is a list "for the boss,bread,soup"
    And JSONPath "$[*].msg_id" of the messages that "kitchen" got on topic "/orders/new" has unique elements

  Scenario: Each till gets each order
    Given Zato WebSockets credentials "user" "password"
    And URL path "/wsx/gateway"
    And I connect to publish/subscribe over WSX as "till 1"
    And I connect to publish/subscribe over WSX as "till 2"
    And "till 1" subscribes to topic "/orders/new"
    And "till 2" subscribes to topic "/orders/new"

    When "shop" publishes "soup" on topic "/orders/new"

    Then within "5" seconds "till 1" receives a message on topic "/orders/new" where response text contains "soup"
    And within "5" seconds "till 2" receives a message on topic "/orders/new" where response text contains "soup"

  Scenario: A till gets what came while it was away
    Given Zato WebSockets credentials "user" "password"
    # The server knows it by this ID, whenever it connects.
    And WSX client ID is "till-7" and its name is "Till 7"
    And URL path "/wsx/gateway"
    And I connect to publish/subscribe over WSX as "till"
    And "till" subscribes to topic "/orders/new"
    And I close WebSocket "till"

    When "shop" publishes "soup" on topic "/orders/new" with
      | has_gd | True |
    And I connect to publish/subscribe over WSX as "till"

    Then within "5" seconds "till" receives a message on topic "/orders/new"
    And the message's text is "soup"

  Scenario: A till that does not acknowledge is told again
    Given Zato WebSockets credentials "user" "password"
    And URL path "/wsx/gateway"
    And I connect to publish/subscribe over WSX as "till"
    And "till" subscribes to topic "/orders/new"
    And "till" does not acknowledge messages

    When "shop" publishes "soup" on topic "/orders/new"

    Then "till" receives a message on topic "/orders/new" where the message's property "delivery_count" is an integer "2"
    Given "till" acknowledges messages

  Scenario: Who may not
    Then "kitchen" may not publish on topic "/orders/new"
    And "shop" may not subscribe to topic "/orders/new"
    And "kitchen" may not subscribe to topic "/payments"
