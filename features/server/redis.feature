Feature: Redis

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"

  @redis
  Scenario: Commands are given to Redis
    When service "zato.kvdb.remote-command.execute" is invoked with "{"command": "RPUSH features:list a 'b c'"}"
    Then status is "200"
    And its "/result" is an integer "2"
    And service "zato.kvdb.remote-command.execute" answers with "{"command": "LRANGE features:list 0 -1"}"
    And its "/result/1" is "b c"
    And service "zato.kvdb.remote-command.execute" answers with "{"command": "DEL features:list"}"

  Scenario Outline: A command is refused: <command>
    When service "zato.kvdb.remote-command.execute" is invoked with "{"command": "<command>"}"
    Then status is "400"
    And path "/zato_env/details" contains "<details>"

    Examples:
      | command  | details                    |
      | SET 'a b | a quote that is not closed |
      | MONITOR  | must not be MONITOR        |
