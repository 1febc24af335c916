@cassandra
Feature: Connecting to Cassandra

  Background:
    Given context is cleaned up
    And Cassandra contact points "$APITEST_CASSANDRA_CONTACT_POINTS"
    And Cassandra port "$APITEST_CASSANDRA_PORT"
    And Cassandra credentials "$APITEST_CASSANDRA_USERNAME" "$APITEST_CASSANDRA_PASSWORD"

  Scenario: A protocol version and a time-out
    Given Cassandra protocol version "4"
    And Cassandra timeout is "20"
    And I connect to keyspace "system" as "plain"
    When this scenario is invoked
    Then CQL "SELECT native_protocol_version FROM local" is equal to "'5'", using "plain"
    And I disconnect from Cassandra "plain"

  Scenario: TLS, with a client certificate that the node asks for
    Given Cassandra CA file "$APITEST_CASSANDRA_CA"
    And Cassandra client certificate "$APITEST_CASSANDRA_CERTIFICATE" with key "$APITEST_CASSANDRA_KEY"
    And I connect to keyspace "system" as "encrypted"
    When this scenario is invoked
    Then CQL "SELECT key FROM local" returns "1" row, using "encrypted"
    And I disconnect from Cassandra "#encrypted"

  Scenario: TLS, a certificate and its key in one file
    Given Cassandra TLS verification is off
    And Cassandra client certificate "$APITEST_CASSANDRA_BOTH"
    And I connect to keyspace "system" as "encrypted"
    When this scenario is invoked
    Then CQL "SELECT key FROM local" returns "1" row, using "encrypted"

  Scenario: TLS that comes to nothing
    Given Cassandra TLS is on
    Then this is refused with "TLS handshake with Cassandra failed"
      """
      Given I connect to keyspace "system" as "encrypted"
      """

    Given Cassandra CA file "$APITEST_CASSANDRA_OTHER_CA"
    And Cassandra client certificate "$APITEST_CASSANDRA_CERTIFICATE" with key "$APITEST_CASSANDRA_KEY"
    Then this is refused with "TLS handshake with Cassandra failed"
      """
      Given I connect to keyspace "system" as "encrypted"
      """

    Given Cassandra TLS verification is off
    And Cassandra TLS verification is on
    Then this is refused with "TLS handshake with Cassandra failed"
      """
      Given I connect to keyspace "system" as "encrypted"
      """

    Given Cassandra TLS is off
    And I connect to keyspace "system" as "plain"
    Then CQL "SELECT key FROM local" returns "1" row, using "plain"

  Scenario: Files for TLS that are none
    Then this is refused with "There is no file "nowhere.pem""
      """
      Given Cassandra CA file "nowhere.pem"
      """
    And this is refused with "There is no file "nowhere.pem""
      """
      Given Cassandra client certificate "nowhere.pem"
      """
    And this is refused with "The key does not belong to the client certificate"
      """
      Given Cassandra client certificate "$APITEST_CASSANDRA_CA" with key "$APITEST_CASSANDRA_KEY"
      """

  Scenario: A wrong password
    Given Cassandra credentials "cassandra" "wrong-passw0rd"
    Then this is refused with "Cassandra refused the user"
      """
      Given I connect to keyspace "system" as "shop"
      """
    And this is refused with "where: contact points 127.0.0.1:"
      """
      Given I connect to Cassandra as "shop"
      """

  Scenario: No credentials for a node that wants some
    Given context is cleaned up
    And Cassandra contact points "$APITEST_CASSANDRA_CONTACT_POINTS"
    And Cassandra port "$APITEST_CASSANDRA_PORT"
    Then this is refused with "Cassandra refused the user"
      """
      Given I connect to Cassandra as "shop"
      """

  Scenario: A node that is down
    Given Cassandra contact points "127.0.0.1, 127.0.0.2"
    And Cassandra port "1"
    Then this is refused with "where: contact points 127.0.0.1:1, 127.0.0.2:1"
      """
      Given I connect to keyspace "system" as "shop"
      """
    And this is refused with "Cassandra cannot be reached"
      """
      Given I connect to Cassandra as "shop"
      """

  Scenario: A node that does not answer in time
    Given Cassandra timeout is "0.000001"
    Then this is refused with "Cassandra did not answer in time: no answer where: contact points 127.0.0.1:"
      """
      Given I connect to Cassandra as "shop"
      """

  Scenario: No such keyspace
    Then this is refused with "There is no keyspace sytem where: contact points 127.0.0.1:"
      """
      Given I connect to keyspace "sytem" as "shop"
      """
    And this is refused with "Did you mean system"
      """
      Given I connect to keyspace "sytem" as "shop"
      """

  Scenario: A connection that was never opened, and one that is closed
    Given I connect to keyspace "system" as "opened"
    Then this is refused with "There is no Cassandra connection "openend" in this feature fix: Did you mean opened?"
      """
      Then CQL "SELECT key FROM local" returns "1" row, using "openend"
      """
    And this is refused with "There is no Cassandra connection "openend" in this feature"
      """
      Then I insert "1" into "a" of Cassandra table "local", using "openend"
      """
    And this is refused with "There is no Cassandra connection "openend" in this feature"
      """
      Then I disconnect from Cassandra "openend"
      """

    Given I disconnect from Cassandra "opened"
    Then this is refused with "The Cassandra connection "opened" is closed"
      """
      Then CQL "SELECT key FROM local" returns "1" row, using "opened"
      """
    And this is refused with "The Cassandra connection "opened" is closed"
      """
      Then CQL "SELECT key FROM local" returns "1" row, using "#opened"
      """
    And this is refused with "The Cassandra connection "opened" is closed"
      """
      Then I disconnect from Cassandra "opened"
      """

    Given I connect to keyspace "system" as "opened"
    Then CQL "SELECT key FROM local" returns "1" row, using "opened"

  Scenario Outline: Settings that are none: <sentence>
    Then this is refused with "<message>"
      """
      Given <sentence>
      """

    Examples:
      | sentence                         | message                       |
      | Cassandra contact points ""      | names no columns              |
      | Cassandra port "ninety"          | "ninety" is not an integer        |
      | Cassandra port "0"               | 0 is not a port               |
      | Cassandra port "70000"           | 70000 is not a port        |
      | Cassandra protocol version "new" | "new" is not an integer           |
      | Cassandra timeout is "0"         | The timeout must be above 0   |
      | Cassandra timeout is "soon"      | "soon" is not a number           |

  Scenario: A protocol version that the node does not speak
    Given Cassandra protocol version "2"
    Then this is refused with "Cassandra does not take this protocol version"
      """
      Given I connect to Cassandra as "shop"
      """
