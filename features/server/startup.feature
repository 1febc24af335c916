Feature: The start-up of the companion server

  Background:
    Given a directory for servers
    When "apitest server create one" is run
    And "apitest server start one --port 0" is run
    Then it exits with "0"
    And the log of the server "one" has "s (from sources, cache written)"
    When "apitest server stop one" is run

  Scenario: The next start uses the cache
    When "apitest server start one --port 0" is run
    Then the log of the server "one" has "s (from cache)"

  Scenario: The cache can be rebuilt
    Given the file "one/server.log" is deleted
    When "apitest server start one --port 0 --sync-internal" is run
    Then the log of the server "one" has "s (from sources, cache written)"

  Scenario: A module that is switched off
    Given the line "ping = True" of the file "one/server.conf" is replaced with "ping = False"
    When "apitest server start one --port 0" is run
    Then it exits with "0"
    And the log of the server "one" has "Rebuilding the start-up cache: the section [deploy_internal] has changed"
    And the log of the server "one" has "Disabled in [deploy_internal]: ping"
    When "apitest server invoke zato.ping --dir one" is run
    Then it exits with "1"
    And its errors have "Service zato.ping is disabled: module ping is set to False in [deploy_internal] of server.conf"

  Scenario: A damaged cache
    Given the file "one/.cache/internal-services" holds
      """
      apitest internal services 2 nonsense
      """
    When "apitest server start one --port 0" is run
    Then it exits with "0"
    And the log of the server "one" has "Rebuilding the start-up cache: it is damaged"
    When "apitest server invoke zato.ping --dir one" is run
    Then it prints "zato"
