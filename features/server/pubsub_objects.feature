Feature: Topics and endpoints of publish/subscribe

  Topics hold messages; endpoints say who may publish and subscribe to them.

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"

  Scenario: The life of a topic
    When service "zato.pubsub.topic.create" is invoked with "{"name": "/features/life", "has_gd": true}"
    Then status is "200"
    And I store its "/id" under "id"
    And service "zato.pubsub.topic.edit" answers with "{"id": #{id}, "max_depth_gd": 5}"
    And service "zato.pubsub.topic.get-by-id" answers with "{"id": #{id}}"
    And its "/max_depth_gd" is an integer "5"
    And its "/has_gd" is true
    And service "zato.pubsub.topic.get-by-name" answers with "{"name": "/features/life"}"
    And its "/depth_policy" is "refuse"
    And service "zato.pubsub.topic.stop" answers with "{"id": #{id}}"
    And its "/is_active" is false
    And service "zato.pubsub.topic.start" answers with "{"id": #{id}}"
    And its "/is_active" is true
    And service "zato.pubsub.topic.get-list" answers with "{"query": "features/life"}"
    And its answer has "1" elements
    And service "zato.pubsub.topic.delete" answers with "{"id": #{id}}"

  Scenario: The life of an endpoint
    When service "zato.security.basic-auth.create" is invoked with "{"name": "features life", "username": "life"}"
    And I store its "/id" under "security"
    And service "zato.pubsub.endpoint.create" is invoked
      """
      {"name": "features life", "security_id": #{security}, "topic_patterns": "pub=/features/*"}
      """
    Then status is "200"
    And I store its "/id" under "id"
    And service "zato.pubsub.endpoint.edit" answers with "{"id": #{id}, "role": "pub"}"
    And service "zato.pubsub.endpoint.get-by-id" answers with "{"id": #{id}}"
    And its "/role" is "pub"
    And service "zato.pubsub.endpoint.get-by-name" answers with "{"name": "features life"}"
    And its "/topic_patterns" is "pub=/features/*"
    And service "zato.pubsub.endpoint.get-list" answers with "{"query": "features life", "endpoint_type": "rest"}"
    And its answer has "1" elements
    And service "zato.pubsub.endpoint.delete" answers with "{"id": #{id}}"
    And service "zato.security.basic-auth.delete" answers with "{"id": #{security}}"

  Scenario Outline: It is refused: <service> with <request>
    When service "zato.pubsub.<service>" is invoked with "<request>"
    Then status is "<status>"
    And path "/zato_env/result" is "ZATO_ERROR"
    And path "/zato_env/details" contains "<details>"

    Examples:
      | service              | request                                        | status | details                                   |
      | topic.create         | {"name": "customers"}                          | 400    | name of a topic must start with `/`         |
      | topic.create         | {"name": "/a/*"}                               | 400    | must not contain `*`, `?`, `#`             |
      | topic.edit           | {"id": 0, "has_gd": true}                      | 404    | no topic with ID 0                        |
      | topic.delete         | {"id": "x"}                                    | 400    | `id` must be an integer                   |
      | topic.get-by-id      | {"id": 0}                                      | 404    | no topic with ID 0                        |
      | topic.get-by-name    | {"name": "/features/none"}                     | 404    | no topic with name `/features/none`       |
      | topic.get-list       | {"cur_page": 0}                                | 400    | `cur_page` must be from 1                 |
      | topic.start          | {"id": 0}                                      | 404    | no topic with ID 0                        |
      | topic.stop           | {}                                             | 400    | `id` is required                          |
      | endpoint.create      | {"name": "features none"}                      | 400    | `security_id` is needed by an endpoint    |
      | endpoint.create      | {"name": "a", "endpoint_type": "mail"}         | 400    | must be one of rest, wsx, service         |
      | endpoint.create      | {"name": "a", "endpoint_type": "service", "service_name": "zato.ping", "topic_patterns": "sub=/*/**"} | 400 | would match nearly all topics |
      | endpoint.create      | {"name": "a", "endpoint_type": "service", "service_name": "zato.ping", "topic_patterns": "sub=a"}     | 400 | a pattern must start with `/` |
      | endpoint.edit        | {"id": 0, "role": "pub"}                       | 404    | no endpoint with ID 0                     |
      | endpoint.delete      | {"id": 0}                                      | 404    | no endpoint with ID 0                     |
      | endpoint.get-by-id   | {"id": []}                                     | 400    | `id` must be an integer                   |
      | endpoint.get-by-name | {"name": "features none"}                      | 404    | no endpoint with name `features none`     |
      | endpoint.get-list    | {"page_size": 0}                               | 400    | `page_size` must be from 1                |
