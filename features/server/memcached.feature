Feature: Caches in memcached

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"

  @memcached
  Scenario: Services keep values on other machines
    Given the services of "remembering.py" are deployed
    And I store "$APITEST_MEMCACHED_PORT" under "port"
    When service "zato.cache.memcached.create" is invoked
      """
      {"cluster_id": 1, "name": "features memcached", "is_active": true, "is_default": false, "is_debug": false,
       "servers": "127.0.0.1:#{port}", "extra": ""}
      """
    Then status is "200"
    And I store its "/id" under "id"
    And service "zato.cache.memcached.ping" answers with "{"id": #{id}}"
    And its "/is_success" is True
    And service "features.memcached" answers with "{"cache": "features memcached"}"
    And its "/found" is JSON "{"features:user": {"name": "Maria"}}"
    And its "/visits" is an integer "2"
    And its "/is_left" is False
    And its "/is_here" is False
    And service "zato.cache.memcached.edit" answers with "{"id": #{id}, "name": "features memcached 2", "servers": "127.0.0.1:1"}"
    When service "features.memcached" is invoked with "{"cache": "features memcached 2"}"
    Then status is "503"
    And path "/zato_env/details" contains "cannot be reached at 127.0.0.1:1: Connection refused"
    And service "zato.cache.memcached.get-by-id" answers with "{"id": #{id}}"
    And its "/servers" is "127.0.0.1:1"
    And service "zato.cache.memcached.get-by-name" answers with "{"name": "features memcached 2"}"
    And service "zato.cache.memcached.get-list" answers with "{"cluster_id": 1, "query": "features memcached"}"
    And its "/0/is_active" is True
    And service "zato.cache.memcached.delete" answers with "{"id": #{id}}"
    When service "features.memcached" is invoked with "{"cache": "features memcached 2"}"
    Then status is "500"

  Scenario Outline: It is refused: <service> with <request>
    When service "zato.cache.memcached.<service>" is invoked with "<request>"
    Then status is "<status>"
    And path "/zato_env/details" contains "<details>"

    Examples:
      | service     | request                               | status | details                               |
      | create      | {"name": "x", "servers": "http://h"}  | 400    | `servers` must have lines such as     |
      | edit        | {"id": 0}                             | 404    | no Memcached cache with ID 0          |
      | delete      | {"id": 0}                             | 404    | no Memcached cache with ID 0          |
      | get-list    | {"cur_page": "x"}                     | 400    | Input field `cur_page`                |
      | get-by-id   | {"id": 0}                             | 404    | no Memcached cache with ID 0          |
      | get-by-name | {"name": "none"}                      | 404    | no Memcached cache with name `none`   |
      | ping        | {"name": "none"}                      | 404    | no active Memcached cache `none`      |
