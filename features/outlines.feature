Feature: Scenario outlines

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"

  Scenario Outline: Placeholders may stand anywhere: <name>
    Given URL path "/<path>"
    And REST method "<method>"
    And header "X-<name>" "<value>"
    And request is
      """
      {"<name>": "<value>"}
      """
    And paths in request are
      | path         | type   | value   |
      | /more/<name> | <type> | <value> |
    When the URL is invoked
    Then status is "200"
    And path "/headers/x-<name>" is "<value>"
    And path "/json/<name>" is "<value>"
    And path "/json/more/<name>" is <type> "<value>"

    Examples: Texts
      | path   | method | name | value | type     |
      | echo   | POST   | city | Lyon  | a string |
      | echo/a | PUT    | size | 17    | a string |

    Examples: Numbers
      | path | method | name   | value | type       |
      | echo | PATCH  | visits | 17    | an integer |
      | echo | POST   | price  | 2.50  | a float    |
