Feature: SimpleIO, type by type

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"

  Scenario Outline: A field that is <type>
    When service "zato.checks.sio.<type>" is invoked with "{"required": <given>}"
    Then status is "200"
    And its "/required" is JSON "<returned>"
    And its "/with_default" is JSON "<default>"
    And its "/python_type" is "<python>"

    Examples:
      | type      | given                  | returned                    | default                     | python   |
      | as-is     | {"a": [1]}             | {"a": [1]}                  | "default"                   | dict     |
      | bool      | "yes"                  | true                        | true                        | bool     |
      | csv       | "a, b"                 | "a,b"                       | "x,y"                       | list     |
      | date      | "2026-02-28T10:00"     | "2026-02-28"                | "2026-01-31"                | date     |
      | date-time | "2026-02-28"           | "2026-02-28T00:00:00+00:00" | "2026-01-31T12:30:00+00:00" | datetime |
      | decimal   | "1.10"                 | "1.10"                      | "0.10"                      | Decimal  |
      | dict      | {"a": 1, "c": 2}       | {"a": 1, "c": 2}            | {"a": 0}                    | Attrs    |
      | dict-list | [{"a": 1}]             | [{"a": 1}]                  | [{"a": 0}]                  | list     |
      | float     | "1.5"                  | 1.5                         | 0.5                         | float    |
      | int       | "12"                   | 12                          | 7                           | int      |
      | list      | 5                      | [5]                         | [1, 2]                      | list     |
      | opaque    | {"a": {"b": 2}}        | {"a": {"b": 2}}             | {"a": {"b": 1}}             | Attrs    |
      | text      | 5                      | "5"                         | "default"                   | str      |
      | boolean   | "yes"                  | true                        | true                        | bool     |
      | integer   | "12"                   | 12                          | 7                           | int      |
      | list-of-dicts | [{"a": 1}]         | [{"a": 1}]                  | [{"a": 0}]                  | list     |
      | nested    | {"a": "1", "b": {"c": 2}} | {"a": "1", "b": {"c": 2}} | {"a": "0"}                 | Attrs    |
      | unicode   | "é"                    | "é"                         | "default"                   | str      |
      | utc       | "2026-01-31T13:30:00+01:00" | "2026-01-31T12:30:00"  | "2026-01-31T12:30:00"       | str      |
      | uuid      | "00000000-0000-4000-8000-00000000000A" | "00000000-0000-4000-8000-00000000000a" | "00000000-0000-4000-8000-000000000000" | UUID |

  Scenario: Messages may be lists, and outputs are what is declared
    When service "zato.checks.sio.mixed" is invoked
      """
      [{"name": "a", "count": "1", "since": "2026-01-31"}, {"name": "b", "count": 2, "since": "2026-02-01"}]
      """
    Then status is "200"
    And its "/1/count" is an integer "2"
    And service "zato.checks.sio.output-list" answers with "{"rows": 2}"
    And its "/1" is JSON "{"number": 1, "text": "row 1"}"
    And service "zato.checks.sio.missing-output" answers with "{"value": "x"}"
    And service "zato.checks.sio.none" answers with "{"b": 1}"
    And its "/payload/b" is an integer "1"

  Scenario: Fields that have no type but a name that tells it
    When service "zato.checks.sio.named" is invoked
      """
      {"is_active": "true", "has_more": 0, "id": "5", "customer_id": "zpsm12", "row_count": "7", "text": 5}
      """
    Then status is "200"
    And its "/given" is JSON "{"is_active": true, "has_more": false, "id": 5, "customer_id": "zpsm12", "row_count": 7, "page_size": "", "read_timeout": "", "text": "5"}"
    When service "zato.checks.sio.named" is invoked with "{"is_active": "perhaps", "customer_id": 1}"
    Then status is "400"

  Scenario: The same services over channels of their own, for everybody
    Given URL path "/zato/checks/json/integer"
    And REST method "POST"
    And request is "{"required": "12"}"
    When the URL is invoked
    Then status is "200"
    And path "/required" is an integer "12"

    Given URL path "/zato/checks/json/integer"
    And REST method "POST"
    And request is "{"required": "x"}"
    When the URL is invoked
    Then status is "400"

    Given URL path "/zato/checks/json/no-such-check"
    And REST method "POST"
    When the URL is invoked
    Then status is "404"
    When service "zato.checks.channel" is invoked
    Then status is "404"

  Scenario: Lines of fields that have a width
    Given URL path "/zato/checks/fixed-width/fixed-width"
    And REST method "POST"
    And format "RAW"
    And request is "Maria        12.50"
    When the URL is invoked
    Then status is "200"
    And response text is "Maria        12.50"

    Given URL path "/zato/checks/fixed-width/fixed-width"
    And REST method "POST"
    And request is "Maria        12.50 and more"
    When the URL is invoked
    Then status is "400"
    And service "zato.checks.sio.fixed-width" answers with "[{"name": "Jo", "amount": "1"}]"
    And its answer is "Jo               1"

  Scenario Outline: A value that is not <type>
    When service "zato.checks.sio.<type>" is invoked with "{"required": <given>}"
    Then status is "<status>"
    And path "/zato_env/details" contains "<details>"

    Examples:
      | type           | given        | status | details                                          |
      | as-is          | null         | 400    | Input field `required` is required               |
      | bool           | "maybe"      | 400    | Input field `required` must be true or false     |
      | csv            | 5            | 400    | must be a text such as a,b,c                     |
      | date           | "31.01.2026" | 400    | must be a date such as                           |
      | date-time      | "noon"       | 400    | must be a date and time such as                  |
      | decimal        | "x"          | 400    | must be a decimal number                         |
      | dict           | {"b": 1}     | 400    | must have the key `a`                            |
      | dict-list      | {"a": 1}     | 400    | must be a list of objects                        |
      | float          | "x"          | 400    | must be a number                                 |
      | int            | 1.5          | 400    | must be an integer                               |
      | list           | {"a": 1}     | 400    | must be a list                                   |
      | opaque         | null         | 400    | Input field `required` is required               |
      | text           | {}           | 400    | must be a string                                 |
      | uuid           | "x"          | 400    | must be a UUID                                   |
      | boolean        | "maybe"      | 400    | Input field `required` must be true or false     |
      | integer        | 1.5          | 400    | must be an integer                               |
      | list-of-dicts  | {"a": 1}     | 400    | must be a list of objects                        |
      | nested         | {"b": 1}     | 400    | must have the key `a`                            |
      | unicode        | {}           | 400    | must be a string                                 |
      | utc            | "noon"       | 400    | must be a date and time such as                  |
      | named          | 1            | 400    | Input field `is_active` is required              |
      | fixed-width    | 1            | 400    | Input field `name` is required                   |
      | mixed          | 1            | 400    | Input field `name` is required                   |
      | output-list    | 1            | 400    | Input field `rows` is required                   |
      | missing-output | 1            | 500    | Internal server error                            |
