Feature: Cookies, kept for a scenario

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"

  Scenario: What a server sets is sent back to it
    Given URL path "/cookies/set"
    And query string "?session=abc123&language=en"
    When the URL is invoked
    Then cookie "session" is "abc123"
    And cookie "language" exists
    And cookie "tracking" does not exist
    And I store cookie "session" under "session_id"

    Given URL path "/cookies"
    And query string ""
    When the URL is invoked
    Then path "/cookies" is JSON "{"session": "#{session_id}", "language": "en"}"

  Scenario: The next scenario has none of them
    Given URL path "/cookies"
    When the URL is invoked
    Then path "/cookies" is an empty dict
    And cookie "session" does not exist

  Scenario: A cookie of one's own
    Given URL path "/cookies"
    And cookie "session" "mine"
    When the URL is invoked
    Then path "/cookies/session" is "mine"

  Scenario: The server replaces it
    Given cookie "session" "mine"
    And URL path "/cookies/set"
    And query string "?session=theirs"
    When the URL is invoked
    Then cookie "session" is "theirs"

  Scenario: A server deletes a cookie
    Given address "$FAULTY_SERVER"
    And URL path "/set_cookie"
    And query string "?session=abc"
    When the URL is invoked
    Then cookie "session" exists

    Given URL path "/delete_cookie/session"
    When the URL is invoked
    Then cookie "session" does not exist

  Scenario Outline: It fails: <sentence>
    Given URL path "/cookies/set"
    And query string "?session=abc123"
    When the URL is invoked
    Then this fails with "<message>"
      """
      Then <sentence>
      """

    Examples:
      | sentence                            | message                        |
      | cookie "session" is "abc"           | expected "abc" actual "abc123" |
      | cookie "sesion" is "abc123"         | Did you mean session?          |
      | cookie "tracking" exists            | No server has set a cookie "tracking"  |
      | cookie "session" does not exist     | It must not exist    |
      | I store cookie "tracking" under "t" | No server has set a cookie "tracking"  |

  Scenario: A semicolon would make two cookies of one
    Then this is refused with "cannot be the value of a cookie"
      """
      Given cookie "session" "abc; admin=yes"
      """
