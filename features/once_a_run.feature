Feature: What is done once a run

  Scenario: Its variables and cookies are taken over
    Given I run "sign-in.feature" once
    And I store "#opened_once" under "before"
    And address "$APITEST_SERVER"
    And URL path "/cookies"
    When the URL is invoked
    Then path "/cookies" is JSON "{"session": "of-the-run"}"

  Scenario: It is not done again
    Given I run "sign-in.feature" once
    When this scenario is invoked
    Then variable "opened_once" is "#before"

  Scenario: A file that is missing
    Given a directory for servers
    And the file "features/once/sign-in.feature" holds
      """
      Feature: Sign in
        Scenario: A token
          Given I store a random string under "token"
      """
    And the file "features/a.feature" holds
      """
      Feature: A
        Scenario: One
          Given I run "sing-in.feature" once
      """
    When "apitest run features" is run
    Then it exits with "2"
    And it prints "Did you mean sign-in.feature?"
