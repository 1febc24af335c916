@vault
Feature: Values from Vault

  # config.ini has no [vault] section: VAULT_ADDR and VAULT_TOKEN tell where Vault is. `make features` starts a server
  # that answers as Vault's API documentation says, unless they name a real Vault already.

  Scenario Outline: A key of a secret, version <version> of the engine
    Given I store "vault:apitest-kv<version>/app/db#username" under "username"
    And I store "vault:apitest-kv<version>/app/db#password" under "password"
    And I store "vault:apitest-kv<version>/app/one" under "only"
    And I store "vault:apitest-kv<version>/app/db" under "whole"
    When this scenario is invoked
    Then variable "#username" is "alice"
    And variable "#password" is "s3cret-of-alice"
    And variable "#only" is "only-s3cret"
    And variable "#whole" is JSON "{"username": "alice", "password": "s3cret-of-alice"}"

    Examples:
      | version |
      | 1       |
      | 2       |

  Scenario: The path as the browser and the API show it
    Given I store "vault:apitest-kv2/data/app/db#username" under "username"
    When this scenario is invoked
    Then variable "#username" is "alice"

  Scenario: Names in the path
    Given I store "db" under "name"
    And I store "vault:apitest-kv2/app/#{name}#username" under "username"
    When this scenario is invoked
    Then variable "#username" is "alice"

  Scenario: In requests, credentials, tables and checks
    Given address "$APITEST_SERVER"
    And URL path "/echo"
    And REST method "POST"
    And Basic Auth "vault:apitest-kv2/app/db#username" "vault:apitest-kv2/app/db#password"
    And request is "{}"
    And paths in request are
      | path      | value                             |
      | /password | vault:apitest-kv1/app/db#password |
    When the URL is invoked
    Then path "/json/password" is "vault:apitest-kv2/app/db#password"
    And path "/json/password" is "s3cret-of-alice"
    And paths are
      | path           | value                             |
      | /json/password | vault:apitest-kv2/app/db#password |

  Scenario: A text that merely begins like that
    Given I store "vault::apitest-kv1/app/db" under "text"
    When this scenario is invoked
    Then variable "#text" is "vault::apitest-kv1/app/db"

  Scenario: What is not there
    Then this is refused with "Vault has no secret apitest-kv1/app/none"
      """
      Given I store "vault:apitest-kv1/app/none" under "x"
      """
    And this is refused with "Vault has no secret apitest-kv2/app/none"
      """
      Given I store "vault:apitest-kv2/app/none#username" under "x"
      """
    And this is refused with "The secret apitest-kv2/app/db has no key usernmae where: vault:apitest-kv2/app/db#usernmae fix: Did you mean apitest-kv2/app/db#username?"
      """
      Given I store "vault:apitest-kv2/app/db#usernmae" under "x"
      """
    And this is refused with "Its keys are password, username."
      """
      Given I store "vault:apitest-kv1/app/db#zzz" under "x"
      """

  Scenario: A token of config.ini
    Given the [vault] section of config.ini is
      """
      address = $VAULT_ADDR
      token = $VAULT_TOKEN
      timeout = 5
      """
    And I store "vault:apitest-kv2/app/db#username" under "username"
    When this scenario is invoked
    Then variable "#username" is "alice"

  Scenario: An AppRole
    Given the [vault] section of config.ini is
      """
      address = $VAULT_ADDR
      role_id = $APITEST_VAULT_ROLE_ID
      secret_id = $APITEST_VAULT_SECRET_ID
      """
    And I store "vault:apitest-kv1/app/db#username" under "one"
    And I store "vault:apitest-kv2/app/db#username" under "two"
    When this scenario is invoked
    Then variable "#one" is "alice"
    And variable "#two" is "alice"

  Scenario: A token that Vault does not know
    Given the [vault] section of config.ini is
      """
      address = $VAULT_ADDR
      token = hvs.unknown
      """
    Then this is refused with "Vault refused access"
      """
      Given I store "vault:apitest-kv1/app/db#username" under "x"
      """
    And this is refused with "fix: Check the token (has it expired?)"
      """
      Given I store "vault:apitest-kv1/app/db#username" under "x"
      """

  Scenario: An AppRole that Vault does not know
    Given the [vault] section of config.ini is
      """
      address = $VAULT_ADDR
      role_id = $APITEST_VAULT_ROLE_ID
      secret_id = wrong
      """
    Then this is refused with "Vault refused the AppRole"
      """
      Given I store "vault:apitest-kv1/app/db#username" under "x"
      """

  Scenario: A Vault that is sealed
    Given the [vault] section of config.ini is
      """
      address = $APITEST_VAULT_SEALED_ADDR
      token = any
      """
    Then this is refused with "Vault cannot answer: Vault is sealed"
      """
      Given I store "vault:apitest-kv1/app/db#username" under "x"
      """

  Scenario: A Vault that is down
    Given the [vault] section of config.ini is
      """
      address = http://127.0.0.1:1
      token = any
      """
    Then this is refused with "Vault cannot be reached"
      """
      Given I store "vault:apitest-kv1/app/db#username" under "x"
      """

  Scenario: A section with a mistake
    Given the [vault] section of config.ini is
      """
      adress = $VAULT_ADDR
      """
    Then this is refused with "[vault] has no setting adress"
      """
      Given I store "vault:apitest-kv1/app/db#username" under "x"
      """

    Given the [vault] section of config.ini is
      """
      address = $VAULT_ADDR
      """
    Then this is refused with "[vault] has neither a token nor a role_id"
      """
      Given I store "vault:apitest-kv1/app/db#username" under "x"
      """

    Given the [vault] section of config.ini is
      """
      address = $VAULT_ADDR
      token = $VAULT_TOKEN
      ca_file = nowhere.pem
      """
    Then this is refused with "The ca_file of [vault] cannot be used: There is no file "nowhere.pem""
      """
      Given I store "vault:apitest-kv1/app/db#username" under "x"
      """
