Feature: SQL: rows are inserted, changed, deleted and stored

  Scenario Outline: A row comes, changes and goes: <database>
    Given I connect to "<url>" as "db"
    And SQL is executed, using "db"
      """
      DROP TABLE IF EXISTS people; -- of an earlier run
      CREATE TABLE people (
        id INTEGER PRIMARY KEY, name VARCHAR(60), height NUMERIC(10, 2), born DATE, alive BOOLEAN, seen TIMESTAMP NULL
      );
      """
    When I insert "1, 'Lee, Ann', 1.75, 2001-02-03, true, 2024-02-29T12:30:00" into "id, name, height, born, alive, seen" of SQL table "people", using "db"
    And I insert "2, Bob, NULL, , no" into "id, name, height, born, alive" of SQL table "people", using "#db"
    Then SQL "SELECT id, name, height, alive FROM people ORDER BY id" is equal to "[(1, 'Lee, Ann', 1.75, True), (2, 'Bob', None, False)]", using "db"
    And this fails with "The rows differ: 1 row missing, 1 row too many id | name 1 | Lee, Ann - 2 | Rob + 2 | Bob where: SELECT id, name FROM people ORDER BY id"
      """
      Then SQL "SELECT id, name FROM people ORDER BY id" is equal to "[(1, 'Lee, Ann'), (2, 'Rob')]", using "db"
      """
    When I update "name, height" of SQL table "people" set "Ann, 1.8" filter by "id = 1 and born is not null", using "db"
    Then SQL "SELECT name FROM people WHERE id = 1" is equal to "Ann", using "db"
    And SQL "SELECT height FROM people WHERE id = 1" is equal to "1.8", using "db"
    And this fails with "The rows differ"
      """
      Then SQL "SELECT name FROM people WHERE id = 1" is equal to "Anne", using "db"
      """
    When I delete from SQL table "people" where "name like 'B%' or id in (7, 8)", using "db"
    Then SQL "SELECT id FROM people" is equal to "[(1,)]", using "db"
    When SQL "DELETE FROM people WHERE id = 1" is executed, using "db"
    Then SQL "SELECT id FROM people" is equal to "[]", using "db"
    And I disconnect from SQL "db"

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

  Scenario Outline: Filters: <database>
    Given I connect to "<url>" as "db"
    And SQL file "people.sql" is executed, using "db"
    And I store filter "id,name" is "greater than,not equal to" "1,Cy" "and" under "some"
    And I store filter "name" is "=" "Ann" "and" under "ann"
    When I update "name" of SQL table "people" set "changed" filter by "#some", using "db"
    Then SQL "SELECT id, name FROM people" returns, using "db":
      | id | name    |
      | 1  | Ann     |
      | 2  | changed |
      | 3  | Cy      |
    When I delete from SQL table "people" where "ann", using "db"
    And I delete from SQL table "people" where "id = 3", using "db"
    Then SQL "SELECT id FROM people" is equal to "2", using "db"

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

  Scenario Outline: Results are stored: <database>
    Given I connect to "<url>" as "db"
    And SQL file "people.sql" is executed, using "db"
    When I store "SELECT count(*) FROM people" query result under "count", using "db"
    And I store "SELECT id, name FROM people ORDER BY id" query result under "people", using "db"
    And I store SQL query result under "ann", using "db"
      """
      SELECT name FROM people
      WHERE id = #{count} - 2;
      """
    And I store SQL file "people_count.sql" query result under "count_of_file", using "db"
    Then variable "#count" is an integer "3"
    And variable "#count_of_file" is an integer "3"
    And variable "#ann" is "Ann"
    And variable "#people" is JSON "[[1, "Ann"], [2, "Bob"], [3, "Cy"]]"
    And SQL "SELECT id, name FROM people ORDER BY id" is equal to "#people", using "db"

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

  Scenario Outline: A value that looks like SQL stays a value: <database>
    Given I connect to "<url>" as "db"
    And SQL file "people.sql" is executed, using "db"
    And I store "'; DROP TABLE people; --" under "bad"
    And I store "1 OR 1=1" under "always"
    When I insert "4, #{bad}" into "id, name" of SQL table "people", using "db"
    And I store filter "name" is "equal to" "#bad" "and" under "its_name"
    And I update "name" of SQL table "people" set "x' OR 'a'='a" filter by "#its_name", using "db"
    And I store filter "name" is "equal to" "x' OR 'a'='a" "and" under "its_new_name"
    Then SQL "SELECT id FROM people WHERE name LIKE 'x%'" is equal to "4", using "db"
    When I update "name" of SQL table "people" set "#bad" filter by "id = 4 and name = 'x'' OR ''a''=''a'", using "db"
    And I delete from SQL table "people" where "name = '''; DROP TABLE people; --'", using "db"
    And I delete from SQL table "people" where "#its_new_name", using "db"
    And I delete from SQL table "people" where "name = #{always} or name = '#{bad}'", using "db"
    Then SQL "SELECT id FROM people" returns "3" rows, using "db"
    When I insert data from csv "injection.csv" to SQL table "people", using "db"
    Then SQL "SELECT id, name FROM people WHERE id > 3" returns, using "db":
      | id | name                         |
      | 4  | #bad                         |
      | 5  | Robert'); DROP TABLE people; |
    And this is refused with ""1; DROP TABLE people" does not fit column id"
      """
      Then I delete from SQL table "people" where "id = 1; DROP TABLE people", using "db"
      """
    And this is refused with "has no column 1"
      """
      Then I delete from SQL table "people" where "id = 1 OR 1=1", using "db"
      """
    And this is refused with ""1 OR 1=1" does not fit column id"
      """
      Then I update "name" of SQL table "people" set "x" filter by "id = #{always}", using "db"
      """
    And this is refused with "The table people has no column name = 'x'; --"
      """
      Then I insert "x" into "name = 'x'; --" of SQL table "people", using "db"
      """
    And this is refused with "There is no table people; DROP TABLE people"
      """
      Then I insert "x" into "name" of SQL table "people; DROP TABLE people", using "db"
      """
    And this is refused with "There is no table people WHERE 1=1; --"
      """
      Then I delete from SQL table "people WHERE 1=1; --" where "id = 1", using "db"
      """
    And SQL "SELECT id FROM people" returns "5" rows, using "db"

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
