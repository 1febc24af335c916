Feature: SQL: what a scenario changes is undone at its end

  Scenario Outline: A scenario leaves no traces, part one: <database>
    Given I connect to "<url>" as "<database>"
    And SQL file "people.sql" is executed, using "<database>"
    And I begin an SQL transaction, using "<database>"
    When I insert "4, Dan" into "id, name" of SQL table "people", using "<database>"
    And I update "name" of SQL table "people" set "changed" filter by "id = 1", using "<database>"
    Then SQL "SELECT id FROM people" returns "4" rows, using "<database>"
    # A statement that is refused does not end the transaction.
    And this is refused with "The database refused the statement"
      """
      Given SQL "INSERT INTO people (id, name) VALUES (4, 'Eve')" is executed, using "<database>"
      """
    And SQL "SELECT name FROM people WHERE id IN (1, 4)" returns, using "<database>"
      | name    |
      | changed |
      | Dan     |

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

  Scenario Outline: A scenario leaves no traces, part two: <database>
    Then SQL "SELECT id, name FROM people" returns, using "<database>"
      | id | name |
      | 1  | Ann  |
      | 2  | Bob  |
      | 3  | Cy   |

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

  Scenario Outline: What is committed lasts, what is rolled back never was: <database>
    Given I connect to "<url>" as "db"
    And SQL file "people.sql" is executed, using "db"
    And I connect to "<url>" as "observer"
    When I begin an SQL transaction, using "db"
    And I insert "4, Dan" into "id, name" of SQL table "people", using "db"
    And I commit the SQL transaction, using "db"
    Then SQL "SELECT id FROM people" returns "4" rows, using "observer"
    When I begin an SQL transaction, using "db"
    And I delete from SQL table "people" where "id > 0", using "db"
    Then SQL "SELECT id FROM people" returns no rows, using "db"
    When I roll back the SQL transaction, using "db"
    Then SQL "SELECT id FROM people" returns "4" rows, using "db"
    And this is refused with "There is no transaction to commit"
      """
      Then I commit the SQL transaction, using "db"
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
