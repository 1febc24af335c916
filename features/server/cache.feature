Feature: Caches

  Caches are in the server's memory: one that is always there, and those that are defined.

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"

  Scenario: An entry is written, read, looked at, timed and deleted
    When service "zato.cache.builtin.entry.set" is invoked
      """
      {"key": "features:a", "value": {"name": "Maria"}, "expiry": 60}
      """
    Then status is "200"
    And service "zato.cache.builtin.entry.get" answers with "{"key": "features:a"}"
    And its "/value/name" is "Maria"
    And service "zato.cache.builtin.entry.get-details" answers with "{"key": "features:a"}"
    And its "/hits" is an integer "1"
    And its "/expires_in" is at most "60"
    And service "zato.cache.builtin.entry.update" answers with "{"key": "features:a", "value": {"name": "Anna"}, "expiry": 60}"
    And service "zato.cache.builtin.entry.get" answers with "{"key": "features:a"}"
    And its "/value/name" is "Anna"
    And service "zato.cache.builtin.entry.get-list" answers with "{"query": "features:a"}"
    And its "/0/key" is "features:a"
    And service "zato.cache.builtin.entry.expire" answers with "{"key": "features:a", "expiry": 0}"
    And service "zato.cache.builtin.entry.get-details" answers with "{"key": "features:a"}"
    And its "/expires_in" is null
    When service "zato.cache.builtin.entry.create" is invoked with "{"key": "features:a", "value": 1}"
    Then status is "409"
    And path "/zato_env/details" contains "An entry `features:a` exists already"
    And service "zato.cache.builtin.entry.delete" answers with "{"key": "features:a"}"
    And service "zato.cache.builtin.entry.create" answers with "{"key": "features:a", "value": 1}"
    And service "zato.cache.builtin.entry.delete" answers with "{"key": "features:a"}"
    And service "zato.cache.builtin.get-statistics" answers with "{"cache": "default"}"
    And its "/0/hits" is at least "1"

  Scenario: A cache of its own, with room for two
    When service "zato.cache.builtin.create" is invoked with "{"name": "features", "max_size": 2}"
    Then status is "200"
    And I store its "/id" under "id"
    And service "zato.cache.builtin.entry.set" answers with "{"cache": "features", "key": "a", "value": 1}"
    And service "zato.cache.builtin.entry.set" answers with "{"cache": "features", "key": "b", "value": 2}"
    And service "zato.cache.builtin.entry.set" answers with "{"cache": "features", "key": "c", "value": 3}"
    And service "zato.cache.builtin.get-by-prefix" answers with "{"cache": "features", "pattern": ""}"
    And its answer has "2" elements
    And service "zato.cache.builtin.edit" answers with "{"id": #{id}, "name": "features 2"}"
    And service "zato.cache.builtin.get-by-id" answers with "{"id": #{id}}"
    And its "/max_size" is an integer "2"
    And service "zato.cache.builtin.get-by-name" answers with "{"name": "features 2"}"
    And service "zato.cache.builtin.get-list" answers with "{"query": "features"}"
    And its "/0/name" is "features 2"
    And service "zato.cache.builtin.clear" answers with "{"cache": "features 2"}"
    And its "/deleted" is an integer "2"
    And service "zato.cache.builtin.delete" answers with "{"id": #{id}}"

  Scenario Outline: Many entries at once: <service>
    When service "zato.cache.builtin.entry.set" is invoked with "{"key": "<service>:1", "value": 1}"
    And service "zato.cache.builtin.entry.set" is invoked with "{"key": "<service>:2", "value": 2}"
    And service "zato.cache.builtin.<service>" is invoked with "{"pattern": "<pattern>", "value": 5, "expiry": 9}"
    Then status is "200"
    And its answer has "<count>" elements

    Examples:
      | service            | pattern               | count |
      | get-by-prefix      | get-by-prefix:        | 2     |
      | get-by-suffix      | get-by-suffix:1       | 1     |
      | get-by-contains    | by-contains:          | 2     |
      | get-by-regex       | ^get-by-regex:[12]$   | 2     |
      | set-by-prefix      | set-by-prefix:        | 2     |
      | set-by-suffix      | set-by-suffix:1       | 1     |
      | set-by-contains    | set-by-contains:      | 2     |
      | set-by-regex       | ^set-by-regex         | 2     |
      | expire-by-prefix   | expire-by-prefix:     | 2     |
      | expire-by-suffix   | expire-by-suffix:2    | 1     |
      | expire-by-contains | expire-by-contains:   | 2     |
      | expire-by-regex    | ^expire-by-regex:     | 2     |
      | delete-by-prefix   | delete-by-prefix:     | 2     |
      | delete-by-suffix   | delete-by-suffix:1    | 1     |
      | delete-by-contains | delete-by-contains:   | 2     |
      | delete-by-regex    | ^delete-by-regex:[12] | 2     |

  Scenario Outline: It is refused: <service> with <request>
    When service "zato.cache.builtin.<service>" is invoked with "<request>"
    Then status is "<status>"
    And path "/zato_env/result" is "ZATO_ERROR"
    And path "/zato_env/details" contains "<details>"

    Examples:
      | service            | request                                   | status | details                                  |
      | entry.set          | {"key": "a", "value": 1, "expiry": -1}    | 400    | a number of seconds, 0 or more            |
      | entry.create       | {"key": "a", "value": 1, "expiry": -1}    | 400    | a number of seconds, 0 or more            |
      | entry.update       | {"key": "features:none", "value": 1}      | 404    | No such key: `features:none`             |
      | entry.get          | {"key": "features:none"}                  | 404    | No such key: `features:none`             |
      | entry.get-details  | {"key": "features:none"}                  | 404    | No such key: `features:none`             |
      | entry.get-list     | {"cache": "defaults"}                     | 404    | did you mean `default`?                  |
      | entry.expire       | {"key": "features:none", "expiry": 1}     | 404    | No such key: `features:none`             |
      | entry.delete       | {}                                        | 400    | Input field `key` is required            |
      | create             | {"name": "default"}                       | 409    | A cache `default` exists already         |
      | edit               | {"id": 0, "max_size": 5}                  | 404    | no cache with ID 0                       |
      | delete             | {"id": "x"}                               | 400    | Input field `id` must be an integer      |
      | get-by-id          | {"id": 0}                                 | 404    | no cache with ID 0                       |
      | get-by-name        | {"name": "none"}                          | 404    | no cache with name `none`                |
      | get-list           | {"cur_page": 0}                           | 400    | Input field `cur_page` must be from 1    |
      | clear              | {"cache": "none"}                         | 404    | No such cache: `none`                    |
      | get-statistics     | {"cache": "none"}                         | 404    | No such cache: `none`                    |
      | get-by-prefix      | {}                                        | 400    | Input field `pattern` is required        |
      | get-by-suffix      | {"pattern": []}                           | 400    | Input field `pattern` must be a string   |
      | get-by-contains    | {"pattern": "a", "cache": "none"}         | 404    | No such cache: `none`                    |
      | get-by-regex       | {"pattern": "("}                          | 400    | `(` is not a valid regular expression             |
      | set-by-prefix      | {"pattern": "a"}                          | 400    | Input field `value` is required          |
      | set-by-suffix      | {"pattern": "a", "value": 1, "expiry": "x"} | 400  | Input field `expiry` must be a number    |
      | set-by-contains    | {"value": 1}                              | 400    | Input field `pattern` is required        |
      | set-by-regex       | {"pattern": "[", "value": 1}              | 400    | `[` is not a valid regular expression             |
      | expire-by-prefix   | {"pattern": "a"}                          | 400    | Input field `expiry` is required         |
      | expire-by-suffix   | {"pattern": "a", "expiry": 1, "cache": "none"} | 404 | No such cache: `none`                 |
      | expire-by-contains | {"expiry": 1}                             | 400    | Input field `pattern` is required        |
      | expire-by-regex    | {"pattern": "*", "expiry": 1}             | 400    | `*` is not a valid regular expression             |
      | delete-by-prefix   | {}                                        | 400    | Input field `pattern` is required        |
      | delete-by-suffix   | {"pattern": "a", "cache": "none"}         | 404    | No such cache: `none`                    |
      | delete-by-contains | {"pattern": {}}                           | 400    | Input field `pattern` must be a string   |
      | delete-by-regex    | {"pattern": "("}                          | 400    | `(` is not a valid regular expression             |
