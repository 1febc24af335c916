Feature: Data dictionaries

  What one system calls "us" is "840" to another one; services translate.

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"

  Scenario: Entries, a translation between them, and what becomes of it when they change
    When service "zato.kvdb.data-dict.dictionary.create" is invoked with "{"system": "CRM", "key": "country", "value": "us"}"
    Then status is "200"
    And I store its "/id" under "one"
    And service "zato.kvdb.data-dict.dictionary.create" answers with "{"system": "ERP", "key": "land", "value": "840"}"
    And I store its "/id" under "two"
    And service "zato.kvdb.data-dict.dictionary.get-last-id" answers with "{}"
    And its "/value" is an integer "#{two}"
    And service "zato.kvdb.data-dict.dictionary.get-system-list" answers with "{}"
    And its "/0/name" is "CRM"
    And service "zato.kvdb.data-dict.dictionary.get-key-list" answers with "{"system": "CRM"}"
    And its "/0/name" is "country"
    And service "zato.kvdb.data-dict.dictionary.get-value-list" answers with "{"system": "CRM", "key": "country"}"
    And its "/0/name" is "us"
    When service "zato.kvdb.data-dict.translation.create" is invoked
      """
      {"system1": "CRM", "key1": "country", "value1": "us", "system2": "ERP", "key2": "land", "value2": "840"}
      """
    Then status is "200"
    And I store its "/id" under "id"
    And service "zato.kvdb.data-dict.translation.get-last-id" answers with "{}"
    And its "/value" is an integer "#{id}"
    When service "zato.kvdb.data-dict.translation.translate" is invoked
      """
      {"system1": "CRM", "key1": "country", "value1": "us", "system2": "ERP", "key2": "land"}
      """
    Then its "/value2" is "840"
    And its "/hex" is "383430"
    And service "zato.kvdb.data-dict.dictionary.edit" answers with "{"id": #{two}, "value": "841"}"
    And service "zato.kvdb.data-dict.translation.get-by-id" answers with "{"id": #{id}}"
    And its "/value2" is "841"
    And its "/id1" is an integer "#{one}"
    And service "zato.kvdb.data-dict.translation.edit" answers with "{"id": #{id}, "value2": "841"}"
    And service "zato.kvdb.data-dict.translation.get-list" answers with "{"query": "crm"}"
    And its "/0/value2" is "841"
    And service "zato.kvdb.data-dict.translation.get-by-name" answers with "{"name": "CRM, country, us, ERP, land"}"
    And service "zato.kvdb.data-dict.impexp.export" answers with "{}"
    And I store its "/data" under "exported"
    And service "zato.kvdb.data-dict.translation.delete" answers with "{"id": #{id}}"
    And service "zato.kvdb.data-dict.dictionary.delete" answers with "{"id": #{one}}"
    And service "zato.kvdb.data-dict.impexp.import" answers with "{"data": "#{exported}"}"
    And its "/translations" is an integer "1"
    And service "zato.kvdb.data-dict.dictionary.get-list" answers with "{"system": "CRM"}"
    And its "/0/value" is "us"
    And service "zato.kvdb.data-dict.dictionary.get-by-id" answers with "{"id": #{two}}"
    And its "/name" is "ERP, land, 841"
    And service "zato.kvdb.data-dict.dictionary.get-by-name" answers with "{"name": "ERP, land, 841"}"
    And service "zato.kvdb.data-dict.impexp.import" answers with "{"data": {"data": {"dict_list": [], "translation_list": []}}}"

  Scenario Outline: It is refused: <service> with <request>
    When service "zato.kvdb.data-dict.<service>" is invoked with "<request>"
    Then status is "<status>"
    And path "/zato_env/details" contains "<details>"

    Examples:
      | service                    | request                                    | status | details                           |
      | dictionary.create          | {"system": "a b", "key": "c", "value": "d"} | 400   | letters A to Z                    |
      | dictionary.edit            | {"id": 0, "value": "a"}                    | 404    | no dictionary entry with ID 0     |
      | dictionary.delete          | {"id": 0}                                  | 404    | no dictionary entry with ID 0     |
      | dictionary.get-list        | {"cur_page": 0}                            | 400    | `cur_page` must be from 1         |
      | dictionary.get-by-id       | {"id": 0}                                  | 404    | no dictionary entry with ID 0     |
      | dictionary.get-by-name     | {"name": "none"}                           | 404    | no dictionary entry with name     |
      | dictionary.get-system-list | {"cluster_id": "x"}                        | 400    | `cluster_id` must be an integer   |
      | dictionary.get-key-list    | {}                                         | 400    | `system` is required              |
      | dictionary.get-value-list  | {"system": "CRM"}                          | 400    | `key` is required                 |
      | dictionary.get-last-id     | {"cluster_id": "x"}                        | 400    | `cluster_id` must be an integer   |
      | translation.edit           | {"id": 0, "value2": "a"}                   | 404    | no translation with ID 0          |
      | translation.delete         | {"id": 0}                                  | 404    | no translation with ID 0          |
      | translation.get-list       | {"cur_page": 0}                            | 400    | `cur_page` must be from 1         |
      | translation.get-by-id      | {"id": 0}                                  | 404    | no translation with ID 0          |
      | translation.get-by-name    | {"name": "none"}                           | 404    | no translation with name          |
      | translation.translate      | {"system1": "CRM"}                         | 400    | `key1` is required                |
      | translation.get-last-id    | {"cluster_id": "x"}                        | 400    | `cluster_id` must be an integer   |
      | impexp.export              | {"cluster_id": "x"}                        | 400    | `cluster_id` must be an integer   |
      | impexp.import              | {"data": "x"}                              | 400    | must be JSON, or JSON compressed  |

  Scenario: A translation of what is in no dictionary is refused
    When service "zato.kvdb.data-dict.translation.create" is invoked
      """
      {"system1": "NO", "key1": "such", "value1": "entry", "system2": "NO", "key2": "such", "value2": "entry"}
      """
    Then status is "400"
    And path "/zato_env/details" contains "create that entry first"
