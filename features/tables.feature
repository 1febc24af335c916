Feature: Data tables: many paths in one step

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"

  Scenario: A request is set and a response is checked
    Given URL path "/echo"
    And REST method "POST"
    And request is "{}"
    And paths in request are
      | path         | type             | value            |
      | /name        |                  | Maria            |
      | /visits      | an integer       | 17               |
      | /discount    | a float          | 0.25             |
      | /active      | True             |                  |
      | /blocked     | False            |                  |
      | /remark      | null             |                  |
      | /tags        | a list           | new,vip          |
      | /address     | JSON             | {"city": "Lyon"} |
      | /id          | a random integer |                  |
      | /order       | a UUID4          |                  |
      | /created     | UTC now          | default          |
      | /address/zip | a string         | 0123             |
    When the URL is invoked
    Then paths are
      | path               | check          | value   |
      | /json/name         |                | Maria   |
      | /json/name         | is not         | Mario   |
      | /json/visits       | is an integer  | 17      |
      | /json/visits       | integer        | 17      |
      | /json/discount     | is a float     | 0.25    |
      | /json/active       | is True        |         |
      | /json/blocked      | False          |         |
      | /json/remark       | is null        |         |
      | /json/tags         | is a list      | new,vip |
      | /json/tags         | has            | 2       |
      | /json/tags         | has at least   | 1       |
      | /json/address/city | starts with    | L       |
      | /json/id           | is any integer |         |
      | /json/order        | is a uuid      |         |
      | /json/created      | is a date      | default |
      | /json/surname      | does not exist |         |

  Scenario: Without a column for the check, all are texts
    Given URL path "/demo/json"
    When the URL is invoked
    Then paths are:
      | path    | value   |
      | /foo    | MyValue |
      | /list/0 | a       |
      | /empty  |         |

  Scenario: Each element of a list
    Given URL path "/json"
    When the URL is invoked
    Then paths in each element of "/customers" are
      | path  | check           | value         |
      | /id   | is greater than | 0             |
      | /name | is one of       | Maria,Jan,Ana |
      | /tags | is any list     |               |
    And paths in each element of "/numbers" are
      | path | check          | value |
      |      | is any integer |       |

  Scenario: All that differs is told
    Given URL path "/json"
    When the URL is invoked
    Then this fails with "2 of 3 checks failed /string: The text is not the expected one - "abd" + "abc" /integer: The integer is not the expected one - 124 + 123"
      """
      Then paths are
        | path     | check         | value |
        | /string  |               | abd   |
        | /float   | is a float    | 1.5   |
        | /integer | is an integer | 124   |
      """
    And this fails with "where: path /customers/1/active of the response"
      """
      Then paths in each element of "/customers" are
        | path    | check   | value |
        | /active | is True |       |
      """
    And this fails with "The value is not a list with elements actual []"
      """
      Then paths in each element of "/empty_list" are
        | path | check | value |
        | /a   |       | b     |
      """

  Scenario: Mistakes in tables
    Given URL path "/json"
    When the URL is invoked
    Then this is refused with "This step needs a table"
      """
      Then paths are
      """
    And this is refused with "The table has an unknown column "chek" where: the headings of the table fix: Did you mean check?"
      """
      Then paths are
        | path | chek | value |
        | /a   | is   | b     |
      """
    And this is refused with "Undefined step: path "/string" starst with "a" where: row 2 of the table"
      """
      Then paths are
        | path    | check       | value |
        | /string | starts with | a     |
        | /string | starst with | a     |
      """
