Feature: SQL: what queries return, compared with tables, numbers and literals

  Scenario Outline: Rows in any order, read as their columns are: <database>
    Given I connect to "<url>" as "db"
    And SQL file "orders.sql" is executed, using "db"
    Then SQL "SELECT * FROM orders" returns, using "db"
      | total | id | name     | paid:date  | sent:boolean | note   |
      | 19.9  | 2  | Lee, Ann | 2026-01-31 | yes          | "NULL" |
      | 5     | 1  | Bob      |            | false        | NULL   |
      | 7.00  | 3  | 42       | NULL       | 0            |        |
    And SQL "SELECT name FROM orders WHERE id > 5" returns, using "db"
      | name |
    And SQL "SELECT id FROM orders ORDER BY total" returns in this order, using "db"
      | ID |
      | 1  |
      | 3  |
      | 2  |
    And SQL "SELECT id FROM orders" returns "3" rows, using "db"
    And SQL "SELECT id FROM orders WHERE id = 1;" returns "1" row, using "db"
    And SQL "SELECT id FROM orders WHERE total > 100" returns no rows, using "db"

    Examples:
      | database | url                 |
      | sqlite   | $APITEST_SQLITE_URL |

    @postgresql
    Examples:
      | database   | url                     |
      | postgresql | $APITEST_POSTGRESQL_URL |

    @mysql
    Examples:
      | database | url                |
      | mysql    | $APITEST_MYSQL_URL |

  Scenario Outline: What differs is shown: <database>
    Given I connect to "<url>" as "db"
    And SQL file "orders.sql" is executed, using "db"
    Then this fails with "The rows differ: 1 row missing, 1 row too many id | name - 2 | Lee, Anne + 2 | Lee, Ann 1 | Bob 3 | "42" where: SELECT id, name FROM orders"
      """
      Then SQL "SELECT id, name FROM orders" returns, using "db"
        | id | name      |
        | 2  | Lee, Anne |
        | 1  | Bob       |
        | 3  | 42        |
      """
    And this fails with "The rows differ: 1 row missing, 0 rows too many"
      """
      Then SQL "SELECT id FROM orders WHERE id = 1" returns, using "db"
        | id |
        | 1  |
        | 1  |
      """
    And this fails with "The rows came in another order id - 3 1 2 + 3 where: SELECT id FROM orders ORDER BY id fix: Add an ORDER BY"
      """
      Then SQL "SELECT id FROM orders ORDER BY id" returns in this order, using "db"
        | id |
        | 3  |
        | 1  |
        | 2  |
      """
    And this fails with "The result has no column nam where: SELECT id, name FROM orders fix: Did you mean name?"
      """
      Then SQL "SELECT id, name FROM orders" returns, using "db"
        | id | nam |
        | 1  | Bob |
      """
    And this fails with "The number of rows is not the expected one"
      """
      Then SQL "SELECT id FROM orders" returns "2" rows, using "db"
      """
    And this fails with "The number of rows is not the expected one"
      """
      Then SQL "SELECT id FROM orders" returns "1" row, using "db"
      """
    And this fails with "expected 0 rows actual 1 row"
      """
      Then SQL "SELECT name FROM orders WHERE id = 1" returns no rows, using "db"
      """

    Examples:
      | database | url                 |
      | sqlite   | $APITEST_SQLITE_URL |

    @postgresql
    Examples:
      | database   | url                     |
      | postgresql | $APITEST_POSTGRESQL_URL |

    @mysql
    Examples:
      | database | url                |
      | mysql    | $APITEST_MYSQL_URL |

  Scenario Outline: Statements in files: <database>
    Given I connect to "<url>" as "db"
    And SQL file "orders.sql" is executed, using "db"
    And I store "6" under "limit"
    # The file has #{limit} in it.
    Then SQL file "dear_orders.sql" is equal to "[(2, 'Lee, Ann'), (3, '42')]", using "db"
    And SQL file "dear_orders.sql" returns, using "db"
      | id | name     |
      | 3  | 42       |
      | 2  | Lee, Ann |
    And SQL file "dear_orders.sql" returns in this order, using "db"
      | id |
      | 2  |
      | 3  |
    And SQL file "dear_orders.sql" returns "2" rows, using "db"
    And this fails with "The rows differ"
      """
      Then SQL file "dear_orders.sql" is equal to "[(2, 'Lee')]", using "db"
      """
    And this fails with "The rows differ"
      """
      Then SQL file "dear_orders.sql" returns, using "db"
        | id |
        | 2  |
      """
    And this fails with "The rows came in another order"
      """
      Then SQL file "dear_orders.sql" returns in this order, using "db"
        | id |
        | 3  |
        | 2  |
      """
    And this fails with "expected 1 row actual 2 rows"
      """
      Then SQL file "dear_orders.sql" returns "1" row, using "db"
      """
    And this fails with "expected 5 rows actual 2 rows"
      """
      Then SQL file "dear_orders.sql" returns "5" rows, using "db"
      """
    And this fails with "expected 0 rows actual 2 rows"
      """
      Then SQL file "dear_orders.sql" returns no rows, using "db"
      """
    When I store "60" under "limit"
    Then SQL file "dear_orders.sql" returns no rows, using "db"
    When I store "10" under "limit"
    Then SQL file "dear_orders.sql" returns "1" row, using "db"

    Examples:
      | database | url                 |
      | sqlite   | $APITEST_SQLITE_URL |

    @postgresql
    Examples:
      | database   | url                     |
      | postgresql | $APITEST_POSTGRESQL_URL |

    @mysql
    Examples:
      | database | url                |
      | mysql    | $APITEST_MYSQL_URL |

  Scenario Outline: Waiting for rows: <database>
    Given I connect to "<url>" as "db"
    And SQL file "orders.sql" is executed, using "db"
    # The dice show a six sooner or later.
    Then within "60" seconds SQL "SELECT <dice> = 6" is equal to "1", using "db"
    And within "60" seconds SQL "SELECT 1 AS six WHERE <dice> = 6" returns, using "db"
      | six |
      | 1   |
    And within "60" seconds SQL "SELECT 1 AS six WHERE <dice> = 6" returns in this order, using "db"
      | six |
      | 1   |
    And within "60" seconds SQL "SELECT 1 WHERE <dice> = 6" returns "1" row, using "db"
    And within "60" seconds SQL "SELECT 1 WHERE <dice> = 6" returns "1" rows, using "db"
    And within "60" seconds SQL "SELECT 1 WHERE <dice> < 6" returns no rows, using "db"
    And within "60" seconds SQL "SELECT 1 WHERE <dice> = 6" is equal to "1", using "db"
    And never within "0.1" seconds SQL "SELECT 1" is equal to "2", using "db"
    And never within "0.1" seconds SQL "SELECT 1 WHERE 1 = 2" is equal to "1", using "db"
    And never within "0.1" seconds SQL "SELECT 1 WHERE 1 = 2" returns "1" row, using "db"
    And this fails with "The rows differ: 1 row missing, 1 row too many, even after 0.1 seconds"
      """
      Then within "0.1" seconds SQL "SELECT 1" is equal to "2", using "db"
      """
    And this fails with "The wait failed early, since it is an integer "1", after"
      """
      Then within "60" seconds SQL "SELECT 1" is "3", using "db", failing early if it is an integer "1"
      """
    And this fails with "The rows must not be so, after"
      """
      Then never within "60" seconds SQL "SELECT 1" returns "1" row, using "db"
      """
    And this fails with "even after 0 seconds and 1 attempt id - 9"
      """
      Then within "0" seconds SQL "SELECT id FROM orders WHERE id > 5" returns, using "db"
        | id |
        | 9  |
      """
    And this fails with "even after 0 seconds"
      """
      Then within "0" seconds SQL "SELECT id FROM orders ORDER BY id" returns in this order, using "db"
        | id |
        | 1  |
        | 3  |
        | 2  |
      """
    And this fails with "The number of rows is not the expected one, even after 0 seconds"
      """
      Then within "0" seconds SQL "SELECT id FROM orders" returns "2" rows, using "db"
      """
    And this fails with "The number of rows is not the expected one, even after 0 seconds"
      """
      Then within "0" seconds SQL "SELECT id FROM orders" returns "1" row, using "db"
      """
    And this fails with "The number of rows is not the expected one, even after 0 seconds"
      """
      Then within "0" seconds SQL "SELECT id FROM orders" returns no rows, using "db"
      """

    Examples:
      | database | url                 | dice                 |
      | sqlite   | $APITEST_SQLITE_URL | abs(random()) % 6 + 1 |

    @postgresql
    Examples:
      | database   | url                     | dice                        |
      | postgresql | $APITEST_POSTGRESQL_URL | floor(random() * 6)::int + 1 |

    @mysql
    Examples:
      | database | url                | dice                   |
      | mysql    | $APITEST_MYSQL_URL | floor(rand() * 6) + 1 |
