Feature: Nothing vanishes from a run

  Background:
    Given a directory for servers

  Scenario Outline: What would never run is an error: <mistake>
    Given the file "a.feature" holds
      """
      Feature: A
        <line>
          Given I store "1" under "x"
          Then variable "x" is "1"
        Scenario: Another
          Given I store "1" under "x"
          Then variable "x" is "1"
      """
    When "apitest run a.feature" is run
    Then it exits with "2"
    And it prints "at a.feature:2"
    And it prints "<told>"

    Examples:
      | mistake        | line                        | told                                                            |
      | a typing error | Scenrio: One                | Did you mean Scenario:?                                         |
      | no colon       | Scenario one                | Scenario must be followed by a colon                            |
      | no heading     | Given I store "1" under "y" | This step does not run: it is part of the feature's description |

  Scenario: A selection that matches nothing
    Given the file "a.feature" holds
      """
      Feature: A
        @smoke
        Scenario: One
          Given I store "1" under "x"
          Then variable "x" is "1"
      """
    When "apitest run a.feature --tags @smok" is run
    Then it exits with "2"
    And it prints "Did you mean @smoke?"
    When "apitest run a.feature --tags @smok --allow-empty" is run
    Then it exits with "0"
    When "apitest run a.feature:99" is run
    Then it exits with "2"
    And it prints "There is no line 99"

  Scenario: A scenario that checks nothing
    Given the file "a.feature" holds
      """
      Feature: A
        Scenario: One
          Given I store "1" under "x"
      """
    When "apitest run a.feature" is run
    Then it exits with "0"
    And it prints "One · checks nothing"
    And it prints "1 scenario passed (1 checks nothing)"
    When "apitest run a.feature --strict" is run
    Then it exits with "1"
    And it prints "This scenario checks nothing"

  Scenario: A failure that follows from another
    Given the file "a.feature" holds
      """
      Feature: A
        Scenario: Log in
          Given I store "1" under "x"
          Then variable "x" is "2"
          And I store "secret" under "token"
        Scenario: Buy
          Given I store "#token" under "y"
          Then variable "y" is "secret"
      """
    When "apitest run a.feature" is run
    Then it exits with "1"
    And it prints "1 step not run, since the step in line 4 did not pass"
    And it prints "failed, so it did not store the value"
    And it prints "1 scenario failed, 1 in error (1 consequence)"
