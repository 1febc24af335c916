Feature: S3-compatible storage

  Services write, list, read and delete objects. The storage checks signatures, as Amazon's does.

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"

  @s3
  Scenario: Objects are written and read
    Given the services of "storage.py" are deployed
    When service "zato.cloud.aws.s3.create" is invoked
      """
      {"cluster_id": 1, "name": "features storage", "is_active": true, "address": "http://127.0.0.1:1", "pool_size": 5,
       "username": "${APITEST_S3_ACCESS_KEY}", "bucket": "features-bucket", "content_type": "application/json",
       "metadata_": "department=shop", "encrypt_at_rest": false, "storage_class": "STANDARD", "timeout": 30}
      """
    Then status is "200"
    And I store its "/id" under "storage"
    When service "zato.cloud.aws.s3.ping" is invoked with "{"id": #{storage}}"
    Then status is "503"
    And path "/zato_env/details" contains "cannot be reached"
    And service "zato.cloud.aws.s3.edit" answers with "{"id": #{storage}, "name": "features storage 2", "address": "${APITEST_S3_ADDRESS}"}"
    When service "zato.cloud.aws.s3.ping" is invoked with "{"id": #{storage}}"
    Then status is "502"
    And service "zato.cloud.aws.s3.change-password" answers with "{"id": #{storage}, "password1": "${APITEST_S3_SECRET_KEY}", "password2": "${APITEST_S3_SECRET_KEY}"}"
    And service "features.s3.store" answers with "{}"
    And its "/found/1" is "orders/2"
    And its "/content" is "{"article":"tea"}"
    And service "zato.cloud.aws.s3.ping" answers with "{"name": "features storage 2"}"
    And its "/is_success" is True
    And service "zato.cloud.aws.s3.get-by-id" answers with "{"id": #{storage}}"
    And its "/metadata_" is "department=shop"
    And service "zato.cloud.aws.s3.get-by-name" answers with "{"name": "features storage 2"}"
    And its "/encrypt_at_rest" is False
    And service "zato.cloud.aws.s3.get-list" answers with "{"cluster_id": 1, "query": "features"}"
    And its "/0/bucket" is "features-bucket"
    # Over TLS
    And service "zato.cloud.aws.s3.edit" answers with "{"id": #{storage}, "address": "${APITEST_S3_TLS_ADDRESS}", "ca_certs": "${APITEST_S3_AUTHORITY}"}"
    And service "zato.cloud.aws.s3.ping" answers with "{"id": #{storage}}"
    And service "zato.cloud.aws.s3.delete" answers with "{"id": #{storage}}"
    When service "features.s3.store" is invoked with "{}"
    Then status is "500"

  Scenario Outline: It is refused: <service> with <request>
    When service "zato.cloud.aws.s3.<service>" is invoked with "<request>"
    Then status is "<status>"
    And path "/zato_env/details" contains "<details>"

    Examples:
      | service         | request                                             | status | details                  |
      | create          | {"name": "x", "address": "ftp://h"}                 | 400    | such as https://         |
      | create          | {"name": "x", "storage_class": "COLD"}              | 400    | must be one of STANDARD  |
      | edit            | {"id": 0}                                           | 404    | with ID 0                |
      | delete          | {"id": 0}                                           | 404    | with ID 0                |
      | get-list        | {"page_size": 0}                                    | 400    | `page_size` must be      |
      | get-by-id       | {"id": 0}                                           | 404    | with ID 0                |
      | get-by-name     | {"name": "none"}                                    | 404    | with name `none`         |
      | change-password | {"id": 0, "password1": "a", "password2": "a"}       | 404    | with ID 0                |
      | ping            | {"name": "none"}                                    | 404    | no active S3 connection  |
