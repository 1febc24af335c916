Feature: Values: $ENVIRONMENT, #variable and @configuration

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"
    And URL path "/echo"
    And REST method "POST"
    And request is "{}"
    And I store "Maria" under "name"
    And I store JSON "{"id": 7}" under "customer"

  Scenario: Alone and within other text
    Given path "/environment" in request is "$APITEST_SERVER"
    And path "/variable" in request is "#name"
    And path "/configuration" in request is "@city"
    And path "/text" in request is "#{name} of @{city}: ${APITEST_SERVER}"
    And path "/document" in request is "#customer"
    And path "/document_as_text" in request is "<#{customer}>"
    When the URL is invoked
    Then path "/json/environment" is "$APITEST_SERVER"
    And path "/json/variable" is "Maria"
    And path "/json/configuration" is "Tallinn"
    And path "/json/text" is "Maria of Tallinn: ${APITEST_SERVER}"
    And path "/json/document/id" is an integer "7"
    And path "/json/document_as_text" is "<{"id": 7}>"

  Scenario: Doubled, the sign means itself
    Given path "/sign" in request is "##name"
    And path "/money" in request is "$$5"
    And path "/at" in request is "@@home"
    And path "/braces" in request is "##{name}"
    And path "/later" in request is "a #1, b@c.de, $ 5"
    When the URL is invoked
    Then path "/json/sign" starts with "##n"
    And path "/json/sign" matches "^.name$"
    And path "/json/money" is "$$5"
    And path "/json/money" has length "2"
    And path "/json/at" has length "5"
    And path "/json/braces" matches "^.\{name\}$"
    And path "/json/later" is "a #1, b@c.de, $ 5"

  Scenario: Anywhere in a step
    Given I store "/json/city" under "path"
    And I store "X-City" under "header"
    And header "#header" "@city"
    And path "/city" in request is "@city"
    And query parameter "#name" is "#name"
    When the URL is invoked
    Then path "#path" is "@city"
    And path "/headers/x-city" is "@city"
    And path "/query/#{name}/0" is "#name"

  Scenario: In tables and in texts below a step
    Given paths in request are
      | path  | value           |
      | /name | #name           |
      | /both | #{name} @{city} |
    When the URL is invoked
    Then path "/json" is JSON
      """
      {"name": "#{name}", "both": "#{name} @{city}"}
      """

  Scenario: In files of requests and of expected responses
    Given I store an integer "2" under "count"
    And request "order_with_values.json"
    When the URL is invoked
    Then path "/json" is JSON equal to that from "order_with_values.json"
    And path "/json/count" is an integer "2"
    And path "/json/note" is JSON ""For Maria, from Tallinn: ##{name}""

  Scenario: In files that hold XML
    Given I store "Ana <ana@example.com>" under "name"
    And URL path "/xml/echo"
    And format "XML"
    And request "person_with_values.xml"
    When the URL is invoked
    Then XPath "/echo/person/name" is "Ana <ana@example.com>"
    And XPath "/echo/person/@city" is "Tallinn"

  Scenario: What a value holds is not looked up again
    Given I store JSON "{"text": "#name"}" under "tricky"
    And path "/tricky" in request is "#tricky"
    When the URL is invoked
    Then path "/json/tricky/text" matches "^.name$"

  Scenario Outline: It is refused: <text>
    Then this is refused with "<message>"
      """
      Given path "/a" in request is "<text>"
      """

    Examples:
      | text           | message                                              |
      | #nam           | There is no variable #nam                            |
      | #nam           | Did you mean #name?                                  |
      | #city          | Did you mean @city?                                  |
      | #{nam}         | There is no variable #nam                            |
      | $APITEST_SERVR | There is no environment variable $APITEST_SERVR      |
      | $APITEST_SERVR | Did you mean $APITEST_SERVER                         |
      | @cty           | Did you mean @city?                                  |
      | @cty           | features/config.ini                                  |
      | #name of mine  | Within a longer text, names stand in braces: #{name} |
      | #5             | To mean the text itself, double the character: ##5   |
      | a #{name       | is followed by no name and closing brace             |

  Scenario Outline: It is refused: <sentence>
    Then this is refused with "<message>"
      """
      Given <sentence>
      """

    Examples:
      | sentence                                          | message                          |
      | I store an integer "seven" under "n"              | "seven" is not an integer            |
      | I store JSON "{"a": }" under "json"               | The JSON of this step is not valid JSON |
      | I store JSON under "json"                         | This step needs a doc string     |
      | I store text under "text"                         | This step needs a doc string     |
      | path "/a" in request is an integer "1.5"          | "1.5" is not an integer              |
      | path "/a" in request is a float "1,5"             | "1,5" is not a number               |
      | path "/a" in request is "[1," (with literal_eval) | "[1," is not a Python literal       |
      | path "/a" in request is a list "a,\"b"             | is not a list in CSV notation       |
      | I sleep for "-1"                                  | time to sleep must be 0 or more   |

  Scenario: A short rest
    Then I sleep for "0.001"
