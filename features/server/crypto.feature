Feature: Secrets and passwords

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"

  Scenario: They are random
    When service "zato.crypto.generate-secret" is invoked with "{"bits": 256}"
    Then its answer is any dict
    And its "/secret" matches "^[A-Za-z0-9_-]{43}$"
    And service "zato.crypto.generate-password" answers with "{"length": 12}"
    And its "/password" matches "^[A-Za-z0-9]{12}$"

  Scenario: What was encrypted can be decrypted
    When service "zato.crypto.encrypt" is invoked with "{"data": "my text"}"
    Then status is "200"
    And response text does not contain "my text"
    And I store its "/encrypted" under "encrypted"
    And service "zato.crypto.decrypt" answers with "{"encrypted": "#{encrypted}"}"
    And its "/data" is "my text"

  Scenario: A hash fits its password only
    When service "zato.crypto.hash" is invoked with "{"data": "my text"}"
    Then I store its "/hash" under "hash"
    And service "zato.crypto.verify-hash" answers with "{"data": "my text", "hash": "#{hash}"}"
    And its "/is_valid" is True
    And service "zato.crypto.verify-hash" answers with "{"data": "another", "hash": "#{hash}"}"
    And its "/is_valid" is False

  Scenario Outline: It is refused: <service> with <request>
    When service "zato.crypto.<service>" is invoked with "<request>"
    Then status is "400"
    And path "/zato_env/details" contains "<details>"

    Examples:
      | service           | request                      | details                                |
      | generate-secret   | {"bits": 8}                  | from 64 to 4096                        |
      | generate-password | {"length": 7}                | from 8 to 256                          |
      | encrypt           | {}                           | Input field `data` is required         |
      | decrypt           | {"encrypted": "x"}           | not a value that zato.crypto.encrypt returned |
      | hash              | {}                           | Input field `data` is required         |
      | verify-hash       | {"data": "x", "hash": "y"}   | not an argon2 hash                         |
