Feature: Statistics of services

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"
    When service "zato.ping" is invoked
    And service "zato.ping" is invoked

  Scenario: How often and how long
    When service "zato.stats.get-by-service" is invoked
    Then status is "200"
    And its "/0/usage" is at least "1"
    And its "/0/usage_share" is at most "1"
    And service "zato.stats.get-summary" answers with "{"service": "zato.ping"}"
    And its "/usage" is at least "2"
    And its "/mean" is greater than "0"
    And its "/p95" is greater than "0"
    And service "zato.stats.get-by-period" answers with "{"period": "hour", "service": "zato.ping"}"
    And its "/0/usage" is at least "1"

  Scenario Outline: Summary by <period>
    When service "zato.stats.summary.get-by-<period>" is invoked
    Then status is "200"
    And its "/0/usage" is at least "1"
    And service "zato.stats.summary.get-by-<period>" answers with "{"date": "2020-01-01"}"
    And its answer is an empty list
    When service "zato.stats.summary.get-by-<period>" is invoked with "{"date": "once"}"
    Then status is "400"
    And path "/zato_env/details" contains "Input field `date` must be a date and time"

    Examples:
      | period |
      | hour   |
      | day    |
      | week   |
      | month  |
      | year   |

  Scenario Outline: Summary by <period>, by the name that older clients use
    When service "zato.stats.summary.get-summary-by-<period>" is invoked
    Then status is "200"
    And its "/0/usage" is at least "1"
    When service "zato.stats.summary.get-summary-by-<period>" is invoked with "{"date": "once"}"
    Then status is "400"

    Examples:
      | period |
      | day    |
      | week   |
      | month  |
      | year   |

  Scenario: Summary and trends of any stretch of time
    When service "zato.stats.summary.get-summary-by-range" is invoked with "{"start": "2026-01-01"}"
    Then status is "200"
    And its "/0/usage" is at least "1"
    And service "zato.stats.trends.get-trends" answers with "{"n": 1, "n_type": "mean"}"
    And its answer has at most "1" elements

  Scenario: A job stores the day's figures
    When service "zato.scheduler.job.create" is invoked with "{"name": "features aggregate", "service": "zato.stats.aggregate-by-day", "job_type": "interval_based", "hours": 1}"
    Then status is "200"
    And its "/cron_definition" is ""
    And I store its "/id" under "id"
    And service "zato.scheduler.job.delete" answers with "{"id": #{id}}"
    And service "zato.stats.aggregate-by-day" answers with "{}"
    And its "/services" is at least "1"
    When service "zato.stats.aggregate-by-day" is invoked with "{"date": "once"}"
    Then status is "400"

  Scenario Outline: The first by <trend>
    When service "zato.stats.trends.get-by-<trend>" is invoked with "{"n": 1}"
    Then status is "200"
    And its answer has at most "1" elements
    When service "zato.stats.trends.get-by-<trend>" is invoked with "{"n": 0}"
    Then status is "400"
    And path "/zato_env/details" contains "from 1 to 1000"

    Examples:
      | trend  |
      | usage  |
      | time   |
      | mean   |
      | errors |

  Scenario: They can be forgotten
    When service "echo" is invoked
    And service "zato.stats.delete" is invoked with "{"service": "echo"}"
    Then status is "200"
    And its "/services/0" is "echo"
    And service "zato.stats.get-summary" answers with "{"service": "echo"}"
    And its "/usage" is an integer "0"

  Scenario Outline: It is refused: <service> with <request>
    When service "zato.stats.<service>" is invoked with "<request>"
    Then status is "<status>"
    And path "/zato_env/details" contains "<details>"

    Examples:
      | service        | request                                       | status | details                              |
      | get-by-period  | {"period": "decade"}                          | 400    | `period` must be one of              |
      | get-by-service | {"start": "2026-01-02", "stop": "2026-01-01"} | 400    | `start` must be before `stop`        |
      | get-summary    | {"start": "once"}                             | 400    | `start` must be a date and time      |
      | summary.get-summary-by-range | {} | 400 | `start` is required |
      | trends.get-trends | {"n_type": "size"} | 400 | `n_type` must be one of |
      | delete         | {"service": "none"}                           | 404    | There are no statistics of `none`    |
