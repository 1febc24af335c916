Feature: Publish/subscribe over REST

  Endpoints publish, subscribe and take messages with credentials of their own.

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"

  Scenario: From a publisher to a subscriber
    Given a new topic "/features/rest"
    And a new endpoint "features rest" with
      """
      pub=/features/*
      sub=/features/*
      """
    When endpoint "features rest" sends "POST" to "/subscribe/topic//features/rest"
    Then status is "200"
    And path "/sub_key" starts with "zpsk.rest."
    And path "/queue_depth" is an integer "0"
    And I store "/sub_key" from response under "sub_key"
    When endpoint "features rest" sends "POST" to "/subscribe/topic/features/rest"
    Then status is "200"
    And JSON response is equal to "{}"
    When endpoint "features rest" sends "POST" to "/topic//features/rest"
      """
      {"data": {"id": 5}, "priority": 7, "has_gd": true, "correl_id": "order 5"}
      """
    Then status is "200"
    And path "/msg_id" starts with "zpsm"
    And I store "/msg_id" from response under "msg_id"
    When endpoint "features rest" sends "POST" to "/topic/features/rest"
      """
      {"data": "urgent", "priority": 9}
      """
    Then status is "200"
    When endpoint "features rest" sends "PATCH" to "/topic//features/rest"
    Then status is "200"
    And path "/0/data" is "urgent"
    And path "/0/mime_type" is "text/plain"
    And path "/0/size" is an integer "6"
    And path "/0/expiration" is an integer "2147483647000"
    And path "/1/data/id" is an integer "5"
    And path "/1/msg_id" is "#msg_id"
    And path "/1/sub_key" is "#sub_key"
    And path "/1/topic_name" is "/features/rest"
    And path "/1/delivery_count" is an integer "1"
    And path "/1/has_gd" is true
    And path "/1/correl_id" is "order 5"
    When endpoint "features rest" sends "POST" to "/topic/%2Ffeatures%2Frest?sub_key=#{sub_key}"
    Then status is "200"
    And JSON response is equal to "[]"

  Scenario: A message is read, changed and deleted; who is not subscribed takes nothing
    Given a new topic "/features/rest"
    And a new endpoint "features rest" with
      """
      pub=/features/*
      sub=/features/*
      """
    When endpoint "features rest" sends "POST" to "/topic//features/rest"
      """
      {"data": "first"}
      """
    Then I store "/msg_id" from response under "msg_id"
    When endpoint "features rest" sends "GET" to "/msg/#{msg_id}"
    Then path "/data" is "first"
    When endpoint "features rest" sends "PATCH" to "/msg/#{msg_id}"
      """
      {"data": "second"}
      """
    Then status is "200"
    And path "/data" is "second"
    When endpoint "features rest" sends "PATCH" to "/msg/#{msg_id}"
    Then status is "400"
    And path "/details" contains "`data` is missing"
    When endpoint "features rest" sends "DELETE" to "/msg/#{msg_id}"
    Then status is "200"
    And path "/msg_id" is "#msg_id"
    When endpoint "features rest" sends "GET" to "/msg/#{msg_id}"
    Then status is "403"
    When endpoint "features rest" sends "DELETE" to "/subscribe/topic//features/rest"
    Then status is "200"
    And JSON response is equal to "{}"
    When endpoint "features rest" sends "PATCH" to "/topic//features/rest"
    Then status is "400"
    And path "/result" is "Error"
    And path "/cid" is not empty
    And path "/details" is "You are not subscribed to topic `/features/rest`"

  Scenario Outline: It is forbidden: <method> <path> as <user>
    Given a new topic "/features/rest"
    And a new endpoint "features rest" with
      """
      pub=/features/*
      sub=/features/*
      """
    And a new endpoint "features other" with
      """
      pub=/other/*
      sub=/other/*
      """
    When "<user>" with password "<password>" sends "<method>" to "/<path>"
      """
      {"data": "x"}
      """
    Then status is "403"
    And path "/result" is "Error"
    And path "/details" is "Forbidden"

    Examples:
      | method | path                           | user           | password               |
      | POST   | topic//features/rest           | features rest  | wrong                  |
      | POST   | topic//features/rest           | nobody         | a password of features |
      | POST   | topic//features/rest           | features other | a password of features |
      | PATCH  | topic//features/rest           | features other | a password of features |
      | POST   | subscribe/topic//features/rest | features other | a password of features |
      | DELETE | subscribe/topic//features/rest | features other | a password of features |
      | POST   | topic//features/none           | features rest  | a password of features |
      | PATCH  | topic//features/none           | features rest  | a password of features |
      | POST   | subscribe/topic//features/none | features rest  | a password of features |
      | DELETE | subscribe/topic//features/none | features rest  | a password of features |
      | GET    | msg/zpsm000                    | features rest  | a password of features |
      | PATCH  | msg/zpsm000                    | features rest  | a password of features |
      | DELETE | msg/zpsm000                    | features rest  | a password of features |

  Scenario Outline: It cannot be published: <request>
    Given a new topic "/features/rest"
    And a new endpoint "features rest" with
      """
      pub=/features/*
      """
    When endpoint "features rest" sends "POST" to "/topic//features/rest"
      """
      <request>
      """
    Then status is "400"
    And path "/result" is "Error"
    And path "/details" contains "<details>"

    Examples:
      | request                              | details                                         |
      | {}                                   | Input field `data` is missing                   |
      | {"data": null}                       | Input field `data` is missing                   |
      | {"data": 1, "priority": 10}          | `priority` must be a whole number from 1 to 9   |
      | {"data": 1, "expiration": -1}        | `expiration` must be a whole number from 1 to   |
      | {"data": 1, "has_gd": "yes"}         | `has_gd` must be true or false                  |
      | {"data": 1, "correl_id": []}         | `correl_id` must be a text                      |
      | []                                   | must be a JSON object with the key `data`       |

  Scenario Outline: The REST API is for endpoints, not for administrators: <service>
    When service "zato.pubsub.pubapi.<service>" is invoked with "{"topic_name": "/features/rest", "data": 1}"
    Then status is "<status>"
    And path "/zato_env/result" is "ZATO_ERROR"

    Examples:
      | service           | status |
      | topic-service     | 403    |
      | subscribe-service | 403    |
      | message-service   | 405    |
