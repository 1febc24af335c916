Feature: CSV files into SQL tables

  Scenario Outline: Tables made of files: <database>
    Given I connect to "<url>" as "db"
    And SQL "DROP TABLE IF EXISTS cities; DROP TABLE IF EXISTS typed; DROP TABLE IF EXISTS below; DROP TABLE IF EXISTS bare" is executed, using "db"
    And I store JSON ""two\nlines"" under "two_lines"
    When I create SQL table "cities" and insert data from csv "cities.csv", using "db"
    Then SQL "SELECT * FROM cities" returns, using "db"
      | name          | country | note                     |
      | Paris         | "FR"    | "The ""city"", of light" |
      | New, York     | US      | NULL                     |
      | "NULL"        | 007     |                          |
      | '; DROP TABLE | xx      | #two_lines               |
    When I create SQL table "typed" and insert data from csv "typed.csv", using "db" and names, data types from the header
    And I create SQL table "below" and insert data from csv "below.csv", using "db", names from the header and data types from the line below
    And I create SQL table "bare" with columns "id:integer, price:decimal(10,2), born:date" and insert data from csv "bare.csv", using "db"
    Then SQL "SELECT * FROM typed" returns in this order, using "db"
      | id | score | price | name | alive:boolean | born:date  | seen:datetime              |
      | 1  | 1.5   | 19.90 | Ann  | true          | 2001-02-03 | 2024-02-29T12:30:00.123456 |
      | 2  | 6e23  | 0.01  | 42   | no            | 1999-12-31 | 2000-01-01                 |
      | 3  | NULL  | NULL  | NULL | NULL          | NULL       | NULL                       |
    And SQL "SELECT id, score, price, name FROM below" returns, using "db"
      | id | score | price | name |
      | 7  | 0.5   | 1.10  | x    |
      | 8  | NULL  | NULL  |      |
    And SQL "SELECT sum(price), count(born), max(id) FROM bare" is equal to "[(30.5, 1, 2)]", using "db"

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

  Scenario Outline: Rows into a table that is there: <database>
    Given I connect to "<url>" as "db"
    And SQL file "people.sql" is executed, using "db"
    When I insert data from csv "people.csv" to SQL table "people", using "db"
    And I insert data from csv "people_rows.csv" to SQL table "people", using "db"
    And I insert data from csv "people_rows_7.csv" without header to SQL table "people", using "db"
    Then SQL "SELECT id, name, height, born FROM people WHERE id > 3" returns, using "db"
      | id | name | height | born:date  |
      | 4  | Dan  | 1.80   | NULL       |
      | 5  | Eve  | NULL   | 2001-02-03 |
      | 6  | name | 1.5    | NULL       |
      | 7  | id   | NULL   | NULL       |

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

  Scenario Outline: Files that do not fit; nothing of them is inserted: <database>
    Given I connect to "<url>" as "db"
    And SQL file "people.sql" is executed, using "db"
    And SQL "DROP TABLE IF EXISTS made" is executed, using "db"
    Then this is refused with "A row has 2 fields, too few for 3 columns where: too_few.csv:3, row 2 | 5,Eve fix:"
      """
      Then I insert data from csv "too_few.csv" to SQL table "people", using "db"
      """
    And this is refused with "A row has 4 fields, too many for 3 columns where: too_many.csv:3, row 2"
      """
      Then I insert data from csv "too_many.csv" to SQL table "people", using "db"
      """
    And this is refused with ""tall" does not fit column height where: bad_value.csv:4, row 3, column height fix: Write a number such as 19.90."
      """
      Then I insert data from csv "bad_value.csv" to SQL table "people", using "db"
      """
    And this is refused with "The table people has no column size"
      """
      Then I insert data from csv "unknown_column.csv" to SQL table "people", using "db"
      """
    And this is refused with "The database refused the statement"
      """
      Then I insert data from csv "doubled.csv" to SQL table "people", using "db"
      """
    And this is refused with "There is no file "nobody.csv""
      """
      Then I insert data from csv "nobody.csv" to SQL table "people", using "db"
      """
    And this is refused with "There is no table peopl"
      """
      Then I insert data from csv "people.csv" to SQL table "peopl", using "db"
      """
    And this is refused with "empty.csv cannot be read as a table. It is empty"
      """
      Then I insert data from csv "empty.csv" to SQL table "people", using "db"
      """
    And this is refused with ""tall" does not fit column height where: bad_typed.csv:3, row 2, column height"
      """
      Then I create SQL table "made" and insert data from csv "bad_typed.csv", using "db" and names, data types from the header
      """
    And this is refused with "Column name has no type"
      """
      Then I create SQL table "made" and insert data from csv "cities.csv", using "db" and names, data types from the header
      """
    And this is refused with "has the type"
      """
      Then I create SQL table "made" and insert data from csv "cities.csv", using "db", names from the header and data types from the line below
      """
    And this is refused with "A row has 3 fields, too many for 2 columns"
      """
      Then I create SQL table "made" with columns "a, b" and insert data from csv "bare.csv", using "db"
      """
    And this is refused with "The database refused the statement"
      """
      Then I create SQL table "people" and insert data from csv "cities.csv", using "db"
      """
    And SQL "SELECT id FROM people" returns "3" rows, using "db"
    And this is refused with "There is no table made"
      """
      Then SQL "SELECT * FROM made" returns no rows, using "db"
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
