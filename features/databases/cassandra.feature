@cassandra
Feature: Cassandra

  Background:
    Given Cassandra contact points "$APITEST_CASSANDRA_CONTACT_POINTS"
    And Cassandra port "$APITEST_CASSANDRA_PORT"
    And Cassandra credentials "$APITEST_CASSANDRA_USERNAME" "$APITEST_CASSANDRA_PASSWORD"
    And I connect to Cassandra as "admin"
    And CQL file "schema.cql" is executed, using "admin"
    And I disconnect from Cassandra "admin"
    And I connect to keyspace "apitest_features" as "shop"
    And CQL file "clean.cql" is executed, using "shop"

  Scenario: A value and rows of a query are stored
    Given I store CQL query result "SELECT name FROM customers WHERE id = 1" under "name", using "shop"
    And I store CQL query result "SELECT balance FROM customers WHERE id = 2" under "nothing", using "shop"
    And I store CQL query result "SELECT at, state FROM history WHERE id = 1" under "history", using "shop"
    And I store CQL query result under "count", using "shop"
      """
      SELECT count(*)
      FROM customers -- all of them
      """
    And I store CQL file "nobody.cql" query result under "nobody", using "#shop"
    When this scenario is invoked
    Then variable "#name" is "Maria"
    And variable "#nothing" is null
    And variable "#count" is an integer "2"
    And variable "#nobody" is an empty list
    And variable "#history" is any list

  Scenario: A row of a query is stored by its index
    Given I store CQL query result "SELECT state FROM history WHERE id = 1" under "first", using "shop", idx "0"
    And I store CQL query result "SELECT state FROM history WHERE id = 1" under "last", using "#shop", idx "-1"
    And I store CQL query result "SELECT id, state FROM history WHERE id = 1" under "row", using "shop", idx "1"
    And I store CQL query result "SELECT id FROM history WHERE id = 9" under "none", using "shop", idx "0"
    When this scenario is invoked
    Then variable "#first" is "new"
    And variable "#last" is "paid"
    And variable "#row" is "1;paid"
    And variable "#none" is empty

    And this is refused with "The result has no row 2: it has 2"
      """
      Given I store CQL query result "SELECT state FROM history WHERE id = 1" under "x", using "shop", idx "2"
      """
    And this is refused with ""first" is not an integer"
      """
      Given I store CQL query result "SELECT state FROM history WHERE id = 1" under "x", using "shop", idx "first"
      """

  Scenario: Rows are inserted, updated and deleted
    When I insert "3, 'Li, Wei', {'x', 'y'}, NULL, 0.10" into "id, name, tags, born, balance" of Cassandra table "customers", using "shop"
    And I update "name, balance" of Cassandra table "customers" set "Marie, 11.5" filter by "id = 1", using "shop"
    And I delete from Cassandra table "customers" where "id = 2", using "shop"
    Then CQL "SELECT id, name, tags, born, balance FROM customers" returns, using "shop"
      | id | name    | tags       | born       | balance |
      | 1  | Marie   | {'a', 'b'} | 1990-02-28 | 11.50   |
      | 3  | Li, Wei | {'y', 'x'} | NULL       | 0.1     |

    When I update "name" of Cassandra table "customers" set "Li" filter by "WHERE id=3", using "#shop"
    And I delete from Cassandra table "history" where "id = 1 and at > 2024-02-28", using "shop"
    Then CQL "SELECT name FROM customers WHERE id = 3" is equal to "Li", using "shop"
    And CQL "SELECT state FROM history" returns "1" rows, using "shop"

  Scenario: A counter is added to
    Given CQL "TRUNCATE visits" is executed, using "shop"
    When I update "hits" of Cassandra table "visits" set "5" filter by "page = 'home'", using "shop"
    And I update "hits" of Cassandra table "visits" set "-2" filter by "page = 'home'", using "shop"
    Then CQL "SELECT hits FROM visits WHERE page = 'home'" is equal to "3", using "shop"

  Scenario: A value stays a value
    Given I store "'; DROP TABLE customers; --" under "evil"
    When I insert "7, '''; DROP TABLE customers; --'" into "id, name" of Cassandra table "customers", using "shop"
    And I update "name" of Cassandra table "customers" set "#evil" filter by "id = 1", using "shop"
    Then CQL "SELECT id, name FROM customers WHERE id IN (1, 7)" returns, using "shop"
      | id | name  |
      | 1  | #evil |
      | 7  | #evil |

  Scenario: Names in capital letters
    Given CQL "TRUNCATE \"Orders\"" is executed, using "shop"
    When I insert "1, first" into "Id, Note" of Cassandra table "Orders", using "shop"
    Then CQL "SELECT \"Note\" FROM \"Orders\"" returns, using "shop"
      | Note  |
      | first |

  Scenario: A batch, with a value of a variable
    Given I store "Zoë" under "name"
    When CQL is executed, using "shop"
      """
      BEGIN BATCH
        INSERT INTO customers (id, name) VALUES (8, '#{name}');
        INSERT INTO customers (id, name) VALUES (9, $$Zoë's; sister$$);
      APPLY BATCH;
      // Only then is another deleted.
      DELETE FROM customers WHERE id = 1
      """
    Then CQL "SELECT id, name FROM customers WHERE id IN (1, 8, 9)" returns, using "shop"
      | id | name         |
      | 8  | #name        |
      | 9  | Zoë's; sister |

  Scenario: Mistakes in statements
    Then this is refused with "The statement is not valid CQL: line 1:9 mismatched input 'name' expecting K_FROM"
      """
      Given CQL "SELECT * name FROM customers" is executed, using "shop"
      """
    And this is refused with "There is no table custmers where: SELECT name FROM custmers fix: Did you mean customers?"
      """
      Given I store CQL query result "SELECT name FROM custmers" under "x", using "shop"
      """
    And this is refused with "There is no table custmers where: SELECT name FROM custmers fix: Did you mean customers?"
      """
      Given I store CQL query result "SELECT name FROM custmers" under "x", using "shop", idx "0"
      """
    And this is refused with "Undefined column name nmae"
      """
      Given CQL "SELECT nmae FROM customers" is executed, using "shop"
      """
    And this is refused with "There is no CQL statement to run"
      """
      Given CQL "-- nothing;" is executed, using "shop"
      """
    And this is refused with "The statement is not a query: it returns nothing"
      """
      Given I store CQL query result "TRUNCATE customers" under "x", using "shop"
      """
    And this is refused with "There is no file "claen.cql""
      """
      Given CQL file "claen.cql" is executed, using "shop"
      """

  Scenario: Mistakes in changes
    Then this is refused with "There is no table custmers where: keyspace apitest_features fix: Did you mean customers?"
      """
      When I insert "1" into "id" of Cassandra table "custmers", using "shop"
      """
    And this is refused with "has no column nmae where: column nmae fix: Did you mean name?"
      """
      When I insert "1, x" into "id, nmae" of Cassandra table "customers", using "shop"
      """
    And this is refused with "holds 3 values for 2 columns"
      """
      When I insert "1, Li, Wei" into "id, name" of Cassandra table "customers", using "shop"
      """
    And this is refused with ""soon" does not fit column born of type date"
      """
      When I insert "1, soon" into "id, born" of Cassandra table "customers", using "shop"
      """
    And this is refused with ""x" does not fit column id of type int"
      """
      When I update "name" of Cassandra table "customers" set "Li" filter by "id = x", using "shop"
      """
    And this is refused with "There is no table custmers"
      """
      When I update "name" of Cassandra table "custmers" set "Li" filter by "id = 1", using "shop"
      """
    And this is refused with "Cassandra has no "or" between conditions"
      """
      When I delete from Cassandra table "customers" where "id = 1 or id = 2", using "shop"
      """
    And this is refused with "is neither a stored filter nor a condition"
      """
      When I delete from Cassandra table "customers" where "everything", using "shop"
      """
    And this is refused with "Some partition key parts are missing: id"
      """
      When I delete from Cassandra table "history" where "at = 2024-02-28", using "shop"
      """
    And CQL "SELECT id FROM customers" returns "2" rows, using "shop"
