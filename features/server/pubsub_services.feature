Feature: Services of publish/subscribe

  Administrators look at topics, queues and messages, change them, and are told why a message was not delivered.

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"
    And a new topic "/features/pubsub"
    And a new endpoint "features pubsub" with
      """
      pub=/features/*
      sub=/features/*
      """

  Scenario: Messages are published, looked at, and taken
    When service "zato.pubsub.pubapi.subscribe" is invoked
      """
      {"topic_name": "/features/pubsub", "endpoint_name": "features pubsub"}
      """
    Then status is "200"
    And I store its "/sub_key" under "key"
    And service "zato.pubsub.pubapi.publish-message" answers with "{"topic_name": "/features/pubsub", "data": "a", "has_gd": true}"
    And I store its "/msg_id" under "gd"
    And service "zato.pubsub.pubapi.publish-message" answers with "{"topic_id": #{topic_id}, "endpoint_id": #{endpoint_id}, "data": "b"}"
    And I store its "/msg_id" under "ram"
    And service "zato.pubsub.topic.get" answers with "{"topic_id": #{topic_id}}"
    And its "/current_depth_gd" is an integer "1"
    And its "/last_publisher" is "features pubsub"
    And service "zato.pubsub.topic.get-totals" answers with "{}"
    And its "/topics" is greater than "0"
    And service "zato.pubsub.topic.get-summary-list" answers with "{"query": "features/pubsub"}"
    And its "/0/subscribers" is an integer "1"
    And service "zato.pubsub.topic.get-publisher-list" answers with "{"topic_id": #{topic_id}}"
    And its answer has "2" elements
    And service "zato.pubsub.topic.get-subscriber-list" answers with "{"topic_name": "/features/pubsub"}"
    And its "/0/sub_key" is "#key"
    And service "zato.pubsub.topic.get-gd-message-list" answers with "{"topic_name": "/features/pubsub"}"
    And its "/0/msg_id" is "#gd"
    And service "zato.pubsub.topic.get-non-gd-message-list" answers with "{"topic_name": "/features/pubsub"}"
    And its "/0/msg_id" is "#ram"
    And service "zato.pubsub.endpoint.get-endpoint-queue-messages-gd" answers with "{"sub_key": "#{key}"}"
    And its "/0/msg_id" is "#gd"
    And service "zato.pubsub.endpoint.get-endpoint-queue-messages-non-gd" answers with "{"sub_key": "#{key}"}"
    And its "/0/data" is "b"
    And service "zato.pubsub.message.search" answers with "{"topic_name": "/features/pubsub", "query": "A"}"
    And its "/0/msg_id" is "#gd"
    And service "zato.pubsub.message.search" answers with "{"topic_name": "/features/pubsub", "query": "b", "has_gd": false}"
    And its "/0/msg_id" is "#ram"
    And service "zato.pubsub.message.get" answers with "{"msg_id": "#{gd}"}"
    And its "/data" is "a"
    And service "zato.pubsub.message.get-subscriber-list" answers with "{"msg_id": "#{gd}"}"
    And its "/0/sub_key" is "#key"
    And service "zato.pubsub.message.why" answers with "{"msg_id": "#{gd}", "sub_key": "#{key}"}"
    And its "/state" is "waiting"
    And its "/reason" contains "until the endpoint `features pubsub` takes its messages"
    And service "zato.pubsub.pubapi.get-messages" answers with "{"sub_key": "#{key}"}"
    And its answer has "2" elements
    And its "/0/data" is "a"
    And its "/0/delivery_count" is an integer "1"
    And service "zato.pubsub.message.why" answers with "{"msg_id": "#{gd}", "sub_key": "#{key}"}"
    And its "/state" is "delivered"

  Scenario: Subscriptions and queues
    When service "zato.pubsub.subscription.create" is invoked
      """
      {"topic_id": #{topic_id}, "endpoint_id": #{endpoint_id}}
      """
    Then status is "200"
    And its "/is_new" is true
    And I store its "/sub_key" under "key"
    And service "zato.pubsub.subscription.get" answers with "{"sub_key": "#{key}"}"
    And its "/topic_name" is "/features/pubsub"
    And service "zato.pubsub.subscription.get-list" answers with "{"endpoint_id": #{endpoint_id}}"
    And its answer has "1" elements
    And service "zato.pubsub.subscription.edit" answers with "{"sub_key": "#{key}", "wrap_one_msg_in_list": true}"
    And its "/wrap_one_msg_in_list" is true
    And service "zato.pubsub.endpoint.get" answers with "{"endpoint_id": #{endpoint_id}}"
    And its "/subscriptions" is an integer "1"
    And service "zato.pubsub.endpoint.get-topic-list" answers with "{"endpoint_id": #{endpoint_id}}"
    And service "zato.pubsub.endpoint.get-topic-pub-list" answers with "{"endpoint_id": #{endpoint_id}, "query": "pubsub"}"
    And its "/0/topic_name" is "/features/pubsub"
    And service "zato.pubsub.endpoint.get-topic-sub-list" answers with "{"endpoint_id": #{endpoint_id}, "query": "pubsub"}"
    And its "/0/is_subscribed" is true
    And service "zato.pubsub.endpoint.check-permission" answers with "{"endpoint_id": #{endpoint_id}, "topic_name": "/order"}"
    And its "/may_publish" is false
    And its "/reason" is "No pub= pattern matches; No sub= pattern matches"
    And service "zato.pubsub.pubapi.publish-message" answers with "{"topic_name": "/features/pubsub", "data": 1, "has_gd": true}"
    And service "zato.pubsub.endpoint.get-endpoint-queue-list" answers with "{"endpoint_id": #{endpoint_id}}"
    And its "/0/current_depth_gd" is an integer "1"
    And service "zato.pubsub.endpoint.get-endpoint-queue" answers with "{"sub_key": "#{key}"}"
    And its "/current_depth_gd" is an integer "1"
    And its "/dead_letters" is an integer "0"
    And service "zato.pubsub.dead-letter.get-list" answers with "{"sub_key": "#{key}"}"
    And its answer has "0" elements
    And service "zato.pubsub.dead-letter.retry" answers with "{"sub_key": "#{key}"}"
    And its "/retried" is an integer "0"
    And service "zato.pubsub.dead-letter.delete" answers with "{"sub_key": "#{key}"}"
    And its "/deleted" is an integer "0"
    And service "zato.pubsub.endpoint.get-endpoint-summary-list" answers with "{"query": "features pubsub"}"
    And its "/0/subscriptions" is an integer "1"
    And service "zato.pubsub.subscription.get-delivered-list" answers with "{"sub_key": "#{key}"}"
    And its answer has "0" elements
    And service "zato.pubsub.endpoint.clear-endpoint-queue" answers with "{"sub_key": "#{key}"}"
    And its "/deleted" is an integer "1"
    And service "zato.pubsub.endpoint.delete-endpoint-queue" answers with "{"sub_key": "#{key}"}"
    And service "zato.pubsub.subscription.create" answers with "{"topic_id": #{topic_id}, "endpoint_id": #{endpoint_id}}"
    And I store its "/sub_key" under "key"
    And service "zato.pubsub.subscription.delete" answers with "{"sub_key": "#{key}"}"
    And service "zato.pubsub.subscription.delete-all" answers with "{"endpoint_id": #{endpoint_id}}"
    And its "/deleted" is an integer "0"
    And service "zato.pubsub.topic.clear" answers with "{"topic_id": #{topic_id}}"
    And service "zato.pubsub.hook.get-hook-service-list" answers with "{"query": "customers"}"
    And service "zato.pubsub.hook.get-topic-list" answers with "{"service_name": "zato.ping"}"
    And its answer has "0" elements
    And service "zato.pubsub.task.delivery.get-list" answers with "{"query": "features pubsub"}"
    And its answer has "0" elements

  Scenario Outline: A message <kind> guaranteed delivery
    When service "zato.pubsub.subscription.create" is invoked with "{"topic_id": #{topic_id}, "endpoint_id": #{endpoint_id}}"
    And I store its "/sub_key" under "key"
    And service "zato.pubsub.pubapi.publish-message" is invoked
      """
      {"topic_id": #{topic_id}, "data": "a", "has_gd": <has_gd>}
      """
    And I store its "/msg_id" under "id"
    Then service "zato.pubsub.message.get-from-topic-<gd>" answers with "{"topic_id": #{topic_id}, "msg_id": "#{id}"}"
    And its "/data" is "a"
    And service "zato.pubsub.message.update-<gd>" answers with "{"msg_id": "#{id}", "data": "b", "priority": 9}"
    And service "zato.pubsub.message.update" answers with "{"msg_id": "#{id}", "data": "c"}"
    And service "zato.pubsub.message.get-from-queue-<gd>" answers with "{"sub_key": "#{key}", "msg_id": "#{id}"}"
    And its "/data" is "c"
    And its "/priority" is an integer "9"
    And service "zato.pubsub.message.queue-delete-<gd>" answers with "{"sub_key": "#{key}", "msg_id": "#{id}"}"
    And service "zato.pubsub.pubapi.publish-message" answers with "{"topic_id": #{topic_id}, "data": "a", "has_gd": <has_gd>}"
    And I store its "/msg_id" under "id"
    And service "zato.pubsub.message.topic-delete-<gd>" answers with "{"topic_id": #{topic_id}, "msg_id": "#{id}"}"
    And service "zato.pubsub.pubapi.publish-message" answers with "{"topic_id": #{topic_id}, "data": "a", "has_gd": <has_gd>}"
    And I store its "/msg_id" under "id"
    And service "zato.pubsub.message.delete" answers with "{"msg_id": "#{id}"}"
    And service "zato.pubsub.endpoint.get-endpoint-queue" answers with "{"sub_key": "#{key}"}"
    And its "/current_depth_<depth>" is an integer "0"

    Examples:
      | kind    | has_gd | gd     | depth  |
      | with    | true   | gd     | gd     |
      | without | false  | non-gd | non_gd |

  Scenario Outline: It is refused: <service> with <request>
    When service "zato.pubsub.<service>" is invoked with "<request>"
    Then status is "<status>"
    And path "/zato_env/result" is "ZATO_ERROR"
    And path "/zato_env/details" contains "<details>"

    Examples:
      | service                                     | request                              | status | details                            |
      | pubapi.publish-message                      | {"topic_name": "/features/pubsub"}   | 400    | `data` is missing                  |
      | pubapi.publish-message                      | {"topic_name": "/none", "data": 1}   | 404    | There is no topic `/none`          |
      | pubapi.subscribe                            | {"topic_name": "/features/pubsub"}   | 400    | `endpoint_name` or `endpoint_id`   |
      | pubapi.get-messages                         | {"sub_key": "x"}                     | 404    | There is no subscription `x`       |
      | topic.get                                   | {"topic_name": "/none"}              | 404    | There is no topic `/none`          |
      | topic.get-summary-list                      | {"cur_page": 0}                      | 400    | `cur_page` must be from 1          |
      | topic.get-totals                            | {"cluster_id": "x"}                  | 400    | `cluster_id` must be an integer    |
      | topic.clear                                 | {}                                   | 400    | `topic_name` or `topic_id`         |
      | topic.get-publisher-list                    | {"topic_id": 0}                      | 404    | There is no topic with ID 0        |
      | topic.get-subscriber-list                   | {"topic_name": "/none"}              | 404    | There is no topic `/none`          |
      | topic.get-gd-message-list                   | {"topic_name": "/none"}              | 404    | There is no topic `/none`          |
      | topic.get-non-gd-message-list               | {"topic_id": "x"}                    | 400    | `topic_id` must be an integer      |
      | endpoint.get                                | {"endpoint_name": "none"}            | 404    | There is no endpoint `none`        |
      | endpoint.check-permission                   | {"endpoint_name": "none"}            | 400    | `topic_name` is required           |
      | endpoint.get-topic-list                     | {"endpoint_id": 0}                   | 404    | There is no endpoint with ID 0     |
      | endpoint.get-topic-pub-list                 | {}                                   | 400    | `endpoint_name` or `endpoint_id`   |
      | endpoint.get-topic-sub-list                 | {"endpoint_name": "none"}            | 404    | There is no endpoint `none`        |
      | endpoint.get-endpoint-queue-list            | {"endpoint_name": "none"}            | 404    | There is no endpoint `none`        |
      | endpoint.get-endpoint-queue                 | {"sub_key": "x"}                     | 404    | There is no subscription `x`       |
      | endpoint.clear-endpoint-queue               | {}                                   | 400    | `sub_key` is required              |
      | endpoint.delete-endpoint-queue              | {"sub_key": "x"}                     | 404    | There is no subscription `x`       |
      | endpoint.get-endpoint-summary-list          | {"page_size": 0}                     | 400    | `page_size` must be from 1         |
      | endpoint.get-endpoint-queue-messages-gd     | {"sub_key": "x"}                     | 404    | There is no subscription `x`       |
      | endpoint.get-endpoint-queue-messages-non-gd | {"sub_key": []}                      | 400    | `sub_key` must be a string         |
      | subscription.get-list                       | {"topic_name": "/none"}              | 404    | There is no topic `/none`          |
      | subscription.get                            | {"sub_key": "x"}                     | 404    | There is no subscription `x`       |
      | subscription.get-delivered-list             | {"sub_key": "x"}                     | 404    | There is no subscription `x`       |
      | subscription.create                         | {"topic_name": "/none"}              | 400    | `endpoint_name` or `endpoint_id`   |
      | subscription.edit                           | {"sub_key": "x"}                     | 400    | `wrap_one_msg_in_list` is required |
      | subscription.delete                         | {"sub_key": "x"}                     | 404    | There is no subscription `x`       |
      | subscription.delete-all                     | {"endpoint_name": "none"}            | 404    | There is no endpoint `none`        |
      | message.get                                 | {"msg_id": "x"}                      | 404    | There is no message `x`            |
      | message.update                              | {"msg_id": "x"}                      | 400    | `data` is missing                  |
      | message.delete                              | {"msg_id": "x"}                      | 404    | There is no message `x`            |
      | message.why                                 | {"msg_id": "x", "sub_key": "x"}      | 404    | There is no subscription `x`       |
      | message.get-subscriber-list                 | {"msg_id": "x"}                      | 404    | There is no message `x`            |
      | message.search                              | {"topic_name": "/none"}              | 404    | There is no topic `/none`          |
      | message.get-from-topic-gd                   | {"topic_name": "/none", "msg_id": "x"} | 404  | There is no topic `/none`          |
      | message.get-from-topic-non-gd               | {"msg_id": "x"}                      | 400    | `topic_name` or `topic_id`         |
      | message.get-from-queue-gd                   | {"msg_id": "x", "sub_key": "x"}      | 404    | There is no subscription `x`       |
      | message.get-from-queue-non-gd               | {"msg_id": "x"}                      | 400    | `sub_key` is required              |
      | message.update-gd                           | {"msg_id": "x", "priority": 10}      | 400    | `priority` must be a whole number  |
      | message.update-non-gd                       | {"msg_id": "x", "data": 1}           | 404    | There is no message `x`            |
      | message.topic-delete-gd                     | {"topic_name": "/none", "msg_id": "x"} | 404  | There is no topic `/none`          |
      | message.topic-delete-non-gd                 | {"topic_name": "/none"}              | 400    | `msg_id` is required               |
      | message.queue-delete-gd                     | {"msg_id": "x", "sub_key": "x"}      | 404    | There is no subscription `x`       |
      | message.queue-delete-non-gd                 | {"sub_key": "x"}                     | 400    | `msg_id` is required               |
      | dead-letter.get-list                        | {"sub_key": "x"}                     | 404    | There is no subscription `x`       |
      | dead-letter.retry                           | {"msg_id": "x"}                      | 400    | `sub_key` is required              |
      | dead-letter.delete                          | {"sub_key": "x", "msg_id": "x"}      | 404    | There is no subscription `x`       |
      | hook.get-hook-service-list                  | {"query": []}                        | 400    | `query` must be a string           |
      | hook.get-topic-list                         | {"service_name": "none"}             | 404    | There is no service `none`         |
      | task.delivery.get-list                      | {"cur_page": 0}                      | 400    | `cur_page` must be from 1          |
      | task.delivery.get                           | {"sub_key": "x"}                     | 404    | no delivery task for `x`           |
      | task.delivery.message.get-list              | {"sub_key": "x"}                     | 404    | no delivery task for `x`           |
