Feature: Search engines

  Services write and find documents in Elasticsearch, OpenSearch and Solr.

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"

  @opensearch
  Scenario: Documents are written to OpenSearch and found
    Given the services of "searching.py" are deployed
    When service "zato.search.es.create" is invoked
      """
      {"cluster_id": 1, "name": "features search", "is_active": true, "hosts": "127.0.0.1:1", "timeout": 30,
       "body_as": "POST", "username": "maria", "ca_certs": "${APITEST_OPENSEARCH_AUTHORITY}"}
      """
    Then status is "200"
    And I store its "/id" under "es"
    When service "zato.search.es.ping" is invoked with "{"id": #{es}}"
    Then status is "503"
    And path "/zato_env/details" contains "cannot be reached: Connection refused"
    And service "zato.search.es.edit" answers with "{"id": #{es}, "name": "features search 2", "hosts": "https://${APITEST_OPENSEARCH_TLS_HOST}"}"
    When service "zato.search.es.ping" is invoked with "{"id": #{es}}"
    Then status is "502"
    And service "zato.search.es.change-password" answers with "{"id": #{es}, "password1": "${APITEST_OPENSEARCH_PASSWORD}", "password2": "${APITEST_OPENSEARCH_PASSWORD}"}"
    And service "features.es.orders" answers with "{}"
    And its "/found/0" is "1"
    And service "zato.search.es.ping" answers with "{"name": "features search 2"}"
    And its "/is_success" is True
    And service "zato.search.es.get-by-id" answers with "{"id": #{es}}"
    And its "/body_as" is "POST"
    And service "zato.search.es.get-by-name" answers with "{"name": "features search 2"}"
    And its "/username" is "maria"
    And service "zato.search.es.get-list" answers with "{"cluster_id": 1, "query": "features"}"
    And its "/0/name" is "features search 2"
    And service "zato.search.es.delete" answers with "{"id": #{es}}"
    When service "features.es.orders" is invoked with "{}"
    Then status is "500"

  @solr
  Scenario: Documents are written to Solr and found
    Given the services of "searching.py" are deployed
    When service "zato.search.solr.create" is invoked
      """
      {"cluster_id": 1, "name": "features shop", "is_active": true, "address": "http://127.0.0.1:1/solr/shop",
       "timeout": 30, "ping_path": "admin/ping", "options": "always_commit=true", "pool_size": 5, "username": "maria"}
      """
    Then status is "200"
    And I store its "/id" under "solr"
    When service "zato.search.solr.ping" is invoked with "{"id": #{solr}}"
    Then status is "503"
    And path "/zato_env/details" contains "cannot be reached: Connection refused"
    And service "zato.search.solr.edit" answers with "{"id": #{solr}, "name": "features shop 2", "address": "${APITEST_SOLR_ADDRESS}"}"
    When service "zato.search.solr.ping" is invoked with "{"id": #{solr}}"
    Then status is "502"
    And service "zato.search.solr.change-password" answers with "{"id": #{solr}, "password1": "${APITEST_SOLR_PASSWORD}", "password2": "${APITEST_SOLR_PASSWORD}"}"
    And service "features.solr.shop" answers with "{}"
    And its "/found/0" is "1"
    And service "zato.search.solr.ping" answers with "{"name": "features shop 2"}"
    And its "/is_success" is True
    And service "zato.search.solr.get-by-id" answers with "{"id": #{solr}}"
    And its "/options" is "always_commit=true"
    And service "zato.search.solr.get-by-name" answers with "{"name": "features shop 2"}"
    And its "/username" is "maria"
    And service "zato.search.solr.get-list" answers with "{"cluster_id": 1, "query": "features"}"
    And its "/0/name" is "features shop 2"
    # Over TLS
    And service "zato.search.solr.edit" answers with "{"id": #{solr}, "address": "${APITEST_SOLR_TLS_ADDRESS}", "ca_certs": "${APITEST_SOLR_AUTHORITY}"}"
    And service "zato.search.solr.ping" answers with "{"id": #{solr}}"
    And service "zato.search.solr.delete" answers with "{"id": #{solr}}"
    When service "features.solr.shop" is invoked with "{}"
    Then status is "500"

  Scenario Outline: It is refused: <service> with <request>
    When service "zato.search.<service>" is invoked with "<request>"
    Then status is "<status>"
    And path "/zato_env/details" contains "<details>"

    Examples:
      | service              | request                                                | status | details                           |
      | es.create            | {"name": "x"}                                          | 400    | `hosts` is required               |
      | es.edit              | {"id": 0}                                              | 404    | with ID 0                         |
      | es.delete            | {"id": 0}                                              | 404    | with ID 0                         |
      | es.get-list          | {"page_size": 0}                                       | 400    | `page_size` must be               |
      | es.get-by-id         | {"id": 0}                                              | 404    | with ID 0                         |
      | es.get-by-name       | {"name": "none"}                                       | 404    | with name `none`                  |
      | es.change-password   | {"id": 0, "password1": "a", "password2": "a"}          | 404    | with ID 0                         |
      | es.ping              | {"name": "none"}                                       | 404    | no active Elasticsearch connection |
      | solr.create          | {"name": "x", "address": "http://h", "ping_path": "//a"} | 400  | such as admin/ping                |
      | solr.edit            | {"id": 0}                                              | 404    | with ID 0                         |
      | solr.delete          | {"id": 0}                                              | 404    | with ID 0                         |
      | solr.get-list        | {"page_size": 0}                                       | 400    | `page_size` must be               |
      | solr.get-by-id       | {"id": 0}                                              | 404    | with ID 0                         |
      | solr.get-by-name     | {"name": "none"}                                       | 404    | with name `none`                  |
      | solr.change-password | {"id": 0, "password1": "a", "password2": "a"}          | 404    | with ID 0                         |
      | solr.ping            | {"name": "none"}                                       | 404    | no active Solr connection         |
