Feature: What web-admin is made of

  Its pages do nothing themselves: sessions, kinds of objects and the state of the server are internal services.

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"

  Scenario: A session lasts until it is ended
    When service "zato.security.administrator.log-in" is invoked with "{"username": "admin", "password": "${APITEST_ADMIN_PASSWORD}"}"
    Then status is "200"
    And its "/username" is "admin"
    And I store its "/session" under "session"
    And service "zato.security.administrator.get-session" answers with "{"session": "#{session}"}"
    And its "/username" is "admin"
    And service "zato.security.administrator.log-out" answers with "{"session": "#{session}"}"
    When service "zato.security.administrator.get-session" is invoked with "{"session": "#{session}"}"
    Then status is "401"

  Scenario: The kinds of objects describe themselves
    When service "zato.kind.get-list" is invoked
    Then status is "200"
    And service "zato.kind.get" answers with "{"name": "outgoing.sql"}"
    And its "/plural" is "SQL connections"
    And its "/fields/0/name" is "engine"
    And its "/fields/0/schema/enum" is a list "sqlite,postgresql,mysql"

  Scenario: The state of the server
    When service "zato.server.get-status" is invoked
    Then status is "200"
    And its "/name" is "demo"
    And its "/services_internal" is greater than "100"
    And its "/calls" is greater than "0"
    And its "/deployed_how" contains "cache"

  Scenario: What the log says of a call
    When service "no.such.service" is invoked
    Then status is "404"
    And I store "/zato_env/cid" from response under "cid"
    When service "zato.log.get-by-cid" is invoked with "{"cid": "#{cid}"}"
    Then status is "200"
    And its "/lines/0/server" is "demo"
    And its "/lines/0/level" is "WARNING"
    And its "/lines/0/text" contains "no.such.service"
    And service "zato.log.get-errors" answers with "{"limit": 10}"
    And its "/problems" has length "0"

  Scenario: What a service takes and returns
    When service "zato.service.get-simple-io" is invoked with "{"name": "zato.helpers.sleep"}"
    Then status is "200"
    And its "/input/0/name" is "seconds"
    And its "/output/0/schema/type" is "number"

  Scenario Outline: It is refused: <service> with <request>
    When service "<service>" is invoked with "<request>"
    Then status is "<status>"
    And path "/zato_env/result" is "ZATO_ERROR"

    Examples:
      | service                                 | request                                  | status |
      | zato.security.administrator.log-in      | {"username": "nobody", "password": "x"}  | 401    |
      | zato.security.administrator.get-session | {"session": "x.1.y.z"}                   | 401    |
      | zato.security.administrator.log-out     | {"session": ""}                          | 401    |
      | zato.kind.get                           | {"name": "no.such.kind"}                 | 404    |
      | zato.service.get-simple-io              | {"name": "no.such.service"}              | 404    |
      | zato.kind.get-list                      | {"cluster_id": "x"}                      | 400    |
      | zato.server.get-status                  | {"cluster_id": "x"}                      | 400    |
      | zato.log.get-by-cid                     | {"cid": "password"}                      | 400    |
      | zato.log.get-errors                     | {"limit": 0}                             | 400    |
