Feature: SQL: mistakes and misfortunes, each told in one message

  Scenario Outline: URLs: <url>
    Then this is refused with "<message>"
      """
      Given I connect to "<url>" as "db"
      """

    Examples:
      | url                                | message                                                              |
      | localhost/shop                     | "localhost/shop" is not a database URL fix: Write dialect://user:password@host:port/database |
      |                                    | is not a database URL                                              |
      | postgres:/shop                     | is not a database URL                                              |
      | postgresqll://localhost/shop       | Did you mean postgresql://?                                          |
      | sqlite:////no/such/directory/x.db  | The database file cannot be opened                                   |
      | postgresql://u:s3cret@127.0.0.1:1/shop | The database cannot be reached                                   |
      | postgresql://u:s3cret@127.0.0.1:1/shop | where: postgresql+psycopg://u:***@127.0.0.1:1/shop               |
      | mysql://u:s3cret@127.0.0.1:1/shop  | The database cannot be reached                                       |
      | mysql://u:s3cret@127.0.0.1:1/shop  | where: mysql+pymysql://u:***@127.0.0.1:1/shop                        |
      | postgresql://u:s3cret@127.0.0.1:port/shop | is not a database URL                                       |
      | oracle+cx_oracle://u:s3cret@localhost/x   | The driver cx_Oracle for oracle is not installed where: oracle+cx_oracle://u:***@localhost/x fix: pip install cx-Oracle |

  @postgresql
  Scenario: PostgreSQL refuses a password and has no such database
    Given I connect to "$APITEST_POSTGRESQL_URL" as "db"
    And I store "SELECT inet_server_port()" query result under "port", using "db"
    Then this is refused with "The database refused the user apitest: password authentication failed for user "apitest""
      """
      Given I connect to "postgresql://apitest:wr0ng@127.0.0.1:#{port}/postgres" as "other"
      """
    And this is refused with "There is no database shop"
      """
      Given I connect to "${APITEST_POSTGRESQL_SERVER}/shop" as "other"
      """

  @mysql
  Scenario: MySQL refuses a password and has no such database
    Given I connect to "$APITEST_MYSQL_URL" as "db"
    And I store "SELECT @@port" query result under "port", using "db"
    Then this is refused with "The database refused the user apitest"
      """
      Given I connect to "mysql://apitest:wr0ng@127.0.0.1:#{port}/apitest" as "other"
      """
    And this is refused with "There is no database shop"
      """
      Given I connect to "${APITEST_MYSQL_SERVER}/shop" as "other"
      """

  Scenario Outline: Statements: <database>
    Given I connect to "<url>" as "db"
    And SQL file "people.sql" is executed, using "db"
    Then this is refused with "There is no table peopel where: SELECT * FROM peopel fix: Did you mean people?"
      """
      Then SQL "SELECT * FROM peopel" returns "3" rows, using "db"
      """
    And this is refused with "There is no table peopel"
      """
      Then I insert "1" into "id" of SQL table "peopel", using "db"
      """
    And this is refused with "The table people has no column nam where: column nam fix: Did you mean name?"
      """
      Then I update "nam" of SQL table "people" set "x" filter by "id = 1", using "db"
      """
    And this is refused with "The statement is not valid SQL"
      """
      Then SQL "SELEC * FROM people" returns "3" rows, using "db"
      """
    And this is refused with "| SELEC * FROM people | ^"
      """
      Given SQL "SELEC * FROM people" is executed, using "db"
      """
    And this is refused with "The result is not one value but 3 rows of 2 columns where: SELECT id, name FROM people"
      """
      Then SQL "SELECT id, name FROM people" is equal to "7", using "db"
      """
    And this is refused with "is not a Python literal"
      """
      Then SQL "SELECT id, name FROM people" is equal to "[(1, Ann)]", using "db"
      """
    And this is refused with "holds 3 values for 2 columns"
      """
      Then I insert "4, Lee, Ann" into "id, name" of SQL table "people", using "db"
      """
    And this is refused with ""today" does not fit column born where: column born fix: Write a date such as 2024-02-29, or NULL."
      """
      Then I insert "4, today" into "id, born" of SQL table "people", using "db"
      """
    And this is refused with "The column id is named twice"
      """
      Then I insert "4, 5" into "id, id" of SQL table "people", using "db"
      """
    And this is refused with "The database refused the statement"
      """
      Then I insert "1, Twin" into "id, name" of SQL table "people", using "db"
      """
    And this is refused with "is neither a stored filter nor a condition"
      """
      Then I delete from SQL table "people" where "everything", using "db"
      """
    And this is refused with ""bigger" is not a comparison"
      """
      Given I store filter "id" is "bigger" "1" "and" under "big"
      """
    And this is refused with "The SQL of this step holds 2 statements where one is needed"
      """
      Then SQL "SELECT 1; SELECT 2" returns "1" row, using "db"
      """
    And this is refused with ""many" is not an integer"
      """
      Then SQL "SELECT id FROM people" returns "many" rows, using "db"
      """
    And this is refused with "The number of rows must be 0 or more, not -1"
      """
      Then SQL "SELECT id FROM people" returns "-1" rows, using "db"
      """
    And this is refused with "The time to wait must be 0 or more"
      """
      Then within "-1" seconds SQL "SELECT id FROM people" returns "3" rows, using "db"
      """
    And this is refused with "This step needs a table"
      """
      Then SQL "SELECT id FROM people" returns, using "db"
      """
    And this is refused with "This step needs a doc string"
      """
      Given SQL is executed, using "db"
      """
    And this is refused with "Column born has the type "dat", which does not exist"
      """
      Then SQL "SELECT born FROM people" returns, using "db"
        | born:dat |
      """
    And SQL "SELECT id FROM people" returns "3" rows, using "db"

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

  Scenario: Files
    Given I connect to "sqlite://" as "db"
    Then this is refused with "There is no file "poeple.sql""
      """
      Given SQL file "poeple.sql" is executed, using "db"
      """
    And this is refused with "Did you mean people.sql"
      """
      Given SQL file "poeple.sql" is executed, using "db"
      """
    And this is refused with "The file "../../../../../../../../etc/hostname" is outside the project"
      """
      Given SQL file "../../../../../../../../etc/hostname" is executed, using "db"
      """
    And this is refused with "The file "/etc/hostname" is outside the project"
      """
      Then I create SQL table "t" and insert data from csv "/etc/hostname", using "db"
      """

  Scenario: Connections
    Given I connect to "sqlite://" as "shop"
    Then this is refused with "There is no SQL connection "shp" in this feature fix: Did you mean shop?"
      """
      Then SQL "SELECT 1" returns "1" row, using "shp"
      """
    And this is refused with "There is no variable #shp"
      """
      Then SQL "SELECT 1" returns "1" row, using "#shp"
      """
    When I disconnect from SQL "shop"
    Then this is refused with "The SQL connection "shop" is closed fix: Connect again."
      """
      Then SQL "SELECT 1" returns "1" row, using "shop"
      """
    And this is refused with "The SQL connection "shop" is closed"
      """
      Then I insert "1" into "id" of SQL table "t", using "#shop"
      """
    And this is refused with "The SQL connection "shop" is closed"
      """
      Then I disconnect from SQL "shop"
      """
    Given I connect to "sqlite://" as "shop"
    Then SQL "SELECT 1" returns "1" row, using "shop"
    Given I store an integer "5" under "five"
    Then this is refused with "5 is not an open SQL connection"
      """
      Then SQL "SELECT 1" returns "1" row, using "#five"
      """

  Scenario: Values in statements
    Given I connect to "sqlite://" as "shop"
    And SQL "CREATE TABLE orders (id INTEGER, name VARCHAR(40))" is executed, using "shop"
    And I store "1); DROP TABLE orders; --" under "name"
    And I store "orders" under "table"
    When SQL "INSERT INTO orders VALUES (1, #{name}), (2, 'x#{name}')" is executed, using "shop"
    Then SQL "SELECT id FROM orders WHERE name = '#{name}'" is equal to "1", using "shop"
    And this is refused with "#{table} stands in the name of a table or column, which cannot be bound fix: To put what it holds into the statement as it is: Given variables "…" are pasted into statements"
      """
      Then SQL "SELECT * FROM `#{table}`" returns "2" rows, using "shop"
      """
    And this is refused with "The statement is not valid SQL"
      """
      Then SQL "SELECT * FROM #{table}" returns "2" rows, using "shop"
      """
    Given variables "table" are pasted into statements
    Then SQL "SELECT * FROM #{table}" returns "2" rows, using "shop"
    And this is refused with "is not a list of variables fix: Put commas between the names: table, @schema"
      """
      Given variables "" are pasted into statements
      """
