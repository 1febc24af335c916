@cassandra
Feature: CSV files and Cassandra

  Background:
    Given Cassandra contact points "$APITEST_CASSANDRA_CONTACT_POINTS"
    And Cassandra port "$APITEST_CASSANDRA_PORT"
    And Cassandra credentials "$APITEST_CASSANDRA_USERNAME" "$APITEST_CASSANDRA_PASSWORD"
    And I connect to Cassandra as "admin"
    And CQL file "schema.cql" is executed, using "admin"
    And I connect to keyspace "apitest_features" as "shop"
    And CQL file "clean.cql" is executed, using "shop"

  Scenario: The rows of a file
    Given I insert data from CSV "cassandra_customers.csv" to Cassandra table "customers", using "shop"
    When this scenario is invoked
    Then CQL "SELECT * FROM customers" returns, using "shop"
      | id | name           | tags             | born       | balance |
      | 1  | Maria          | {'a', 'b'}       | 1990-02-28 | 10.50   |
      | 2  | Anna; O'Neil   | NULL             | NULL       | NULL    |
      | 3  | Li, Wei        | {'x', 'y, z'}    | 2000-01-31 | 0.10    |
      | 4  | NULL           | NULL             | NULL       | -5      |
      | 5  | Said "hello"   | NULL             | 1999-12-31 | 100     |

  Scenario: Files that do not fit, of which nothing is inserted
    Then this is refused with "row 2"
      """
      Given I insert data from CSV "cassandra_too_many.csv" to Cassandra table "customers", using "shop"
      """
    And this is refused with "too many for 2 columns"
      """
      Given I insert data from CSV "cassandra_too_many.csv" to Cassandra table "customers", using "shop"
      """
    And this is refused with "too few for 3 columns"
      """
      Given I insert data from CSV "cassandra_too_few.csv" to Cassandra table "customers", using "shop"
      """
    And this is refused with "cassandra_bad_value.csv:3, row 2, column born"
      """
      Given I insert data from CSV "cassandra_bad_value.csv" to Cassandra table "customers", using "shop"
      """
    And this is refused with "has no column nmae where: column nmae fix: Did you mean name?"
      """
      Given I insert data from CSV "cassandra_unknown_column.csv" to Cassandra table "customers", using "shop"
      """
    And this is refused with "There is no table custmers"
      """
      Given I insert data from CSV "cassandra_customers.csv" to Cassandra table "custmers", using "shop"
      """
    And this is refused with "There is no file "cassandra_custmers.csv""
      """
      Given I insert data from CSV "cassandra_custmers.csv" to Cassandra table "customers", using "shop"
      """
    And CQL "SELECT id FROM customers" returns "2" rows, using "shop"
