Feature: The scheduler

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"

  Scenario: A job of one time is run by itself, once
    When service "zato.scheduler.job.create" is invoked
      """
      {"name": "features once", "job_type": "one_time", "service": "zato.cache.builtin.entry.set",
       "start_date": "2026-01-31T12:00:00", "extra": {"key": "features:scheduler", "value": "by itself"}}
      """
    Then status is "200"
    And I store its "/id" under "id"
    And service "zato.scheduler.job.get-by-id" answers with "{"id": #{id}}"
    And its "/job_type" is "one_time"
    When service "zato.cache.builtin.entry.get" is invoked until it answers with "{"key": "features:scheduler"}"
    Then its "/value" is "by itself"
    And service "zato.scheduler.job.get-status-list" answers with "{"id": #{id}}"
    And its "/0/runs" is an integer "1"
    And its "/0/next_run" is null
    And service "zato.scheduler.job.delete" answers with "{"id": #{id}}"

  Scenario: A job is executed when somebody asks for it
    When service "zato.scheduler.job.create" is invoked
      """
      {"name": "features hourly", "job_type": "interval_based", "service": "zato.cache.builtin.entry.set", "hours": 1,
       "start_date": "2126-01-31T12:00:00", "extra": {"key": "features:executed", "value": 1}}
      """
    Then status is "200"
    And I store its "/id" under "id"
    And service "zato.scheduler.job.execute" answers with "{"id": #{id}}"
    And its "/cid" is not empty
    When service "zato.cache.builtin.entry.get" is invoked until it answers with "{"key": "features:executed"}"
    Then service "zato.scheduler.job.get-status-list" answers with "{"id": #{id}}"
    And its "/0/runs" is an integer "0"
    And its "/0/next_run" is "2126-01-31T12:00:00+00:00"
    And service "zato.scheduler.job.delete" answers with "{"id": #{id}}"

  Scenario: A job by the calendar is paused and resumed
    When service "zato.scheduler.job.create" is invoked
      """
      {"name": "features cron", "job_type": "cron_style", "service": "zato.ping", "cron_definition": "0 12 1 1 *"}
      """
    Then status is "200"
    And I store its "/id" under "id"
    And service "zato.scheduler.job.get-status-list" answers with "{"id": #{id}}"
    And its "/0/next_run" matches "^20[0-9][0-9]-01-01T12:00:00"
    And service "zato.scheduler.job.pause" answers with "{"id": #{id}}"
    And service "zato.scheduler.job.get-status-list" answers with "{"id": #{id}}"
    And its "/0/next_run" is null
    And service "zato.scheduler.job.resume" answers with "{"id": #{id}}"
    And service "zato.scheduler.job.edit" answers with "{"id": #{id}, "cron_definition": "0 12 2 2 *"}"
    And service "zato.scheduler.job.get-status-list" answers with "{"id": #{id}}"
    And its "/0/next_run" matches "^20[0-9][0-9]-02-02T12:00:00"
    And service "zato.scheduler.job.get-list" answers with "{"query": "features cron"}"
    And its "/0/cron_definition" is "0 12 2 2 *"
    And service "zato.scheduler.job.get-by-name" answers with "{"name": "features cron"}"
    And service "zato.scheduler.job.delete" answers with "{"id": #{id}}"

  Scenario Outline: It is refused: <service> with <request>
    When service "zato.scheduler.job.<service>" is invoked with "<request>"
    Then status is "<status>"
    And path "/zato_env/details" contains "<details>"

    Examples:
      | service         | request                                                             | status | details                              |
      | create          | {"name": "x", "job_type": "one_time", "service": "none"}            | 400    | is not the name of a deployed service: `none`    |
      | create          | {"name": "x", "job_type": "one_time", "service": "zato.ping"}       | 400    | `start_date` is required             |
      | create          | {"name": "x", "job_type": "interval_based", "service": "zato.ping"} | 400    | weeks, days, hours, minutes, seconds |
      | create          | {"name": "x", "job_type": "cron_style", "service": "zato.ping", "cron_definition": "61 * * * *"} | 400 | `cron_definition` is not a valid schedule |
      | edit            | {"id": 0}                                                           | 404    | no job with ID 0                     |
      | delete          | {"id": 0}                                                           | 404    | no job with ID 0                     |
      | get-list        | {"job_type": "yearly"}                                              | 400    | `job_type` must be one of            |
      | get-by-id       | {"id": 0}                                                           | 404    | no job with ID 0                     |
      | get-by-name     | {"name": "none"}                                                    | 404    | no job with name `none`              |
      | get-status-list | {"id": 0}                                                           | 404    | There is no job with ID 0            |
      | execute         | {"id": 0}                                                           | 404    | There is no job with ID 0            |
      | pause           | {"id": 0}                                                           | 404    | no job with ID 0                     |
      | resume          | {}                                                                  | 400    | Input field `id` is required         |
