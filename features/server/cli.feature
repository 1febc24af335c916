Feature: The command line of the companion server

  Background:
    Given a directory for servers
    When "apitest server create one" is run
    Then it exits with "0"

  Scenario: The administrator's password is told once
    Then it prints "Created one/server.conf"
    And it prints "Start it with: apitest server start one"
    When "apitest server create one" is run
    Then it exits with "2"
    And its errors have "There is a server in one already"

  Scenario: A server is started, asked and stopped
    When "apitest server start one --port 0" is run
    Then it exits with "0"
    And it prints "Listening on http://127.0.0.1:"
    And it prints "Web-admin: http://127.0.0.1:"
    And it prints "Stop it with: apitest server stop one"
    When "apitest server status one" is run
    Then it exits with "0"
    And it prints "Running on http://127.0.0.1:"
    When "apitest server health one --wait 60" is run
    Then it exits with "0"
    And it prints "Ready: http://127.0.0.1:"
    When "apitest server services hello --dir one" is run
    Then it prints "hello.hello"
    When "apitest server invoke hello.hello '{"name": "Maria"}' --dir one" is run
    Then it prints "Hello, Maria"
    When "apitest server stop one" is run
    Then it exits with "0"
    And it prints "Stopped http://127.0.0.1:"
    When "apitest server status one" is run
    Then it exits with "3"
    And it prints "No server is running on one"

  Scenario: What is wrong is told
    When "apitest server start one --port 0" is run
    And "apitest server start one --port 0" is run
    Then it exits with "2"
    And its errors have "is running already"
    When "apitest server invoke hello.helo --dir one" is run
    Then it exits with "1"
    And its errors have "did you mean `hello.hello`?"
    When "apitest server invoke hello.hello {bad --dir one" is run
    Then it exits with "2"
    And its errors have "The input is not valid JSON"

  Scenario Outline: A command that needs a running server: <command>
    When "apitest server <command>" is run
    Then it exits with "3"
    And its errors have "No server is running on one"
    And its errors have "Start it with: apitest server start one"

    Examples:
      | command                      |
      | services --dir one           |
      | health one                   |
      | invoke zato.ping --dir one   |
      | stop one                     |

  Scenario: A port in use
    Given a port that somebody listens on
    When "apitest server start one --port $PORT_IN_USE" is run
    Then it exits with "2"
    And its errors have "Cannot listen on 127.0.0.1:"
    And its errors have "--port 0"

  Scenario: All that is wrong in server.conf is told before the server starts
    Given the line "port = 17010" of the file "one/server.conf" is replaced with "prot = 17010"
    And the line "ping = True" of the file "one/server.conf" is replaced with "pings = Maybe"
    When "apitest server start one --port 0" is run
    Then it exits with "2"
    And its errors have "server.conf:7: unknown key `prot` in `[main]`; did you mean `port`?"
    And its errors have "there is no module `pings` of internal services; did you mean `ping`?"
    And its errors have "`pings = Maybe` must be True or False"
