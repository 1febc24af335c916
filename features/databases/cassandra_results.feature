@cassandra
Feature: What CQL queries return

  Background:
    Given Cassandra contact points "$APITEST_CASSANDRA_CONTACT_POINTS"
    And Cassandra port "$APITEST_CASSANDRA_PORT"
    And Cassandra credentials "$APITEST_CASSANDRA_USERNAME" "$APITEST_CASSANDRA_PASSWORD"
    And I connect to Cassandra as "admin"
    And CQL file "schema.cql" is executed, using "admin"
    And I connect to keyspace "apitest_features" as "shop"
    And CQL file "clean.cql" is executed, using "shop"

  Scenario: Rows of a table, in any order
    Then CQL "SELECT * FROM customers" returns, using "shop"
      | id | name            | tags       | born       | balance |
      | 2  | Anna; O'Neil    | NULL       | NULL       | NULL    |
      | 1  | Maria           | {'b', 'a'} | 1990-02-28 | 10.5    |
    And CQL "SELECT * FROM customers" returns, using "#shop"
      | name           | id |
      | "Anna; O'Neil" | 2  |
      | Maria          | 1  |

    And this fails with "The rows differ: 1 row missing, 1 row too many id | name"
      """
      Then CQL "SELECT id, name FROM customers" returns, using "shop"
        | id | name         |
        | 1  | Marie        |
        | 2  | Anna; O'Neil |
      """
    And this fails with "- 1 | Marie + 1 | Maria"
      """
      Then CQL "SELECT id, name FROM customers" returns, using "shop"
        | id | name         |
        | 1  | Marie        |
        | 2  | Anna; O'Neil |
      """
    And this fails with "The result has no column nmae"
      """
      Then CQL "SELECT name FROM customers" returns, using "shop"
        | nmae  |
        | Maria |
      """
    And this is refused with "This step needs a table"
      """
      Then CQL "SELECT name FROM customers" returns, using "shop"
      """

  Scenario: Rows in their order
    Then CQL "SELECT at, state FROM history WHERE id = 1 ORDER BY at DESC" returns in this order, using "shop"
      | at         | state |
      | 2024-02-29 | paid  |
      | 2024-02-28 | new   |
    And this fails with "The rows came in another order"
      """
      Then CQL "SELECT state FROM history WHERE id = 1" returns in this order, using "shop"
        | state |
        | paid  |
        | new   |
      """

  Scenario: Numbers of rows
    Then CQL "SELECT id FROM customers" returns "2" rows, using "shop"
    And CQL "SELECT id FROM customers WHERE id = 1" returns "1" row, using "shop"
    And CQL "SELECT id FROM customers WHERE id = 9" returns no rows, using "shop"
    And this fails with "The number of rows is not the expected one expected 3 rows actual 2 rows"
      """
      Then CQL "SELECT id FROM customers" returns "3" rows, using "shop"
      """
    And this fails with "expected 1 row actual 2 rows"
      """
      Then CQL "SELECT id FROM customers" returns "1" row, using "shop"
      """
    And this fails with "expected 0 rows actual 2 rows"
      """
      Then CQL "SELECT id FROM customers" returns no rows, using "shop"
      """
    And this is refused with ""many" is not an integer"
      """
      Then CQL "SELECT id FROM customers" returns "many" rows, using "shop"
      """

  Scenario: A Python literal
    Then CQL "SELECT at, state FROM history WHERE id = 1" is equal to "[('2024-02-28', 'new'), ('2024-02-29', 'paid')]", using "shop"
    And CQL "SELECT name, tags FROM customers WHERE id = 1" is equal to "('Maria', {'a', 'b'})", using "shop"
    And CQL "SELECT count(*) FROM customers" is equal to "2", using "shop"
    And this fails with "The rows differ"
      """
      Then CQL "SELECT count(*) FROM customers" is equal to "3", using "shop"
      """

  Scenario: The query in a file
    Given I store an integer "1" under "one"
    When this scenario is invoked
    Then CQL file "customers.cql" returns, using "shop"
      | id | name         |
      | 2  | Anna; O'Neil |
      | 1  | Maria        |
    And CQL file "history.cql" returns in this order, using "shop"
      | state |
      | new   |
      | paid  |
    And CQL file "history.cql" is equal to "[('new',), ('paid',)]", using "shop"
    And CQL file "customers.cql" returns "2" rows, using "shop"
    And CQL file "nobody.cql" returns no rows, using "shop"

    And this fails with "- 1 | Marie + 1 | Maria"
      """
      Then CQL file "customers.cql" returns, using "shop"
        | id | name         |
        | 1  | Marie        |
        | 2  | Anna; O'Neil |
      """
    And this fails with "The rows came in another order"
      """
      Then CQL file "history.cql" returns in this order, using "shop"
        | state |
        | paid  |
        | new   |
      """
    And this fails with "The rows differ"
      """
      Then CQL file "history.cql" is equal to "[('new',)]", using "shop"
      """
    And this fails with "expected 3 rows actual 2 rows"
      """
      Then CQL file "customers.cql" returns "3" rows, using "shop"
      """
    And this fails with "expected 0 rows actual 2 rows"
      """
      Then CQL file "customers.cql" returns no rows, using "shop"
      """
    And this is refused with "The file clean.cql holds 6 statements where one is needed"
      """
      Then CQL file "clean.cql" returns no rows, using "shop"
      """

  # The node itself forgets the row: that is what is waited for.
  Scenario: Within some seconds
    Given CQL "UPDATE customers USING TTL 3 SET name = 'gone soon' WHERE id = 1" is executed, using "shop"
    When this scenario is invoked
    Then CQL "SELECT name FROM customers WHERE id = 1" is equal to "gone soon", using "shop"
    And within "15" seconds CQL "SELECT name FROM customers WHERE id = 1" is equal to "None", using "shop"

    Given CQL "INSERT INTO customers (id, name) VALUES (3, 'Li') USING TTL 3" is executed, using "shop"
    When this step is invoked
    Then within "2" seconds CQL "SELECT id FROM customers" returns "3" rows, using "shop"
    And within "15" seconds CQL "SELECT id FROM customers WHERE id = 3" returns no rows, using "shop"
    And within "15" seconds CQL "SELECT id FROM customers" returns, using "shop"
      | id |
      | 1  |
      | 2  |
    And within "15" seconds CQL "SELECT state FROM history WHERE id = 1" returns in this order, using "shop"
      | state |
      | new   |
      | paid  |

  Scenario: Not within some seconds
    Then this fails with "The rows differ: 1 row missing, 1 row too many, even after 4 seconds"
      """
      Then within "4" seconds CQL "SELECT count(*) FROM customers" is equal to "3", using "shop"
      """
    And this fails with "even after 4 seconds"
      """
      Then within "4" seconds CQL "SELECT id FROM customers WHERE id = 1" returns, using "shop"
        | id |
        | 9  |
      """
    And this fails with "The rows came in another order, even after 4 seconds"
      """
      Then within "4" seconds CQL "SELECT state FROM history WHERE id = 1" returns in this order, using "shop"
        | state |
        | paid  |
        | new   |
      """
    And this fails with "The number of rows is not the expected one, even after 0 seconds"
      """
      Then within "0" seconds CQL "SELECT id FROM customers" returns "3" rows, using "shop"
      """
    And this fails with "even after 0.1 seconds"
      """
      Then within "0.1" seconds CQL "SELECT id FROM customers" returns "1" row, using "shop"
      """
    And this fails with "even after 0.1 seconds"
      """
      Then within "0.1" seconds CQL "SELECT id FROM customers" returns no rows, using "shop"
      """
    And never within "0.1" seconds CQL "SELECT name FROM customers WHERE id = 9" returns "1" row, using "shop"
    And this fails with "The wait failed early, since it is at least "1", after"
      """
      Then within "60" seconds CQL "SELECT id FROM customers WHERE id = 1" is "9", using "shop", failing early if it is at least "1"
      """
    And this is refused with "There is no table custmers"
      """
      Then within "5" seconds CQL "SELECT id FROM custmers" returns no rows, using "shop"
      """
    And this is refused with "The time to wait must be 0 or more"
      """
      Then within "-1" seconds CQL "SELECT id FROM customers" returns no rows, using "shop"
      """
