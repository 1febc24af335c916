Feature: HashiCorp Vault knows who calls

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"

  @vault
  Scenario: A channel asks Vault about its callers
    Given I store "$VAULT_ADDR" under "address"
    And I store "$VAULT_TOKEN" under "token"
    And I store "$APITEST_VAULT_PASSWORD" under "password"
    When service "zato.security.vault.connection.create" is invoked
      """
      {"name": "features vault", "url": "#{address}", "policies": "apitest"}
      """
    Then status is "200"
    And I store its "/id" under "vault"
    And service "zato.security.vault.connection.change-password" answers with "{"id": #{vault}, "password1": "#{token}", "password2": "#{token}"}"
    And service "zato.security.vault.connection.ping" answers with "{"id": #{vault}}"
    And its "/is_success" is true
    And service "zato.security.vault.connection.edit" answers with "{"id": #{vault}, "trusted_for": 0}"
    And service "zato.security.vault.connection.get-by-id" answers with "{"id": #{vault}}"
    And its "/token" does not exist
    And service "zato.security.vault.connection.get-by-name" answers with "{"name": "features vault"}"
    And its "/policies" is "apitest"
    And service "zato.security.vault.connection.get-list" answers with "{"query": "features vault"}"
    And its "/0/is_active" is true
    When service "zato.http-soap.create" is invoked
      """
      {"name": "features vault", "connection": "channel", "transport": "plain_http", "url_path": "/features/vault",
       "service": "zato.ping", "security_id": #{vault}}
      """
    Then status is "200"
    And I store its "/id" under "channel"
    Given requests are not authenticated
    And URL path "/features/vault"
    And header "X-Zato-Vault-Username" "maria"
    And header "X-Zato-Vault-Password" "#{password}"
    When the URL is invoked
    Then status is "200"
    Given request is cleaned up
    And URL path "/features/vault"
    And header "X-Zato-Vault-Token" "hvs.nobody"
    When the URL is invoked
    Then status is "401"
    When service "zato.http-soap.delete" is invoked with "{"id": #{channel}}"
    Then status is "200"
    And service "zato.security.vault.connection.delete" answers with "{"id": #{vault}}"

  Scenario Outline: It is refused: <service> with <request>
    When service "zato.security.vault.connection.<service>" is invoked with "<request>"
    Then status is "<status>"
    And path "/zato_env/details" contains "<details>"

    Examples:
      | service         | request                                         | status | details                                 |
      | create          | {"name": "x", "url": "vault"}                   | 400    | `url` must be an address                |
      | edit            | {"id": 0}                                       | 404    | no Vault connection with ID 0           |
      | delete          | {"id": 0}                                       | 404    | no Vault connection with ID 0           |
      | get-list        | {"cur_page": 0}                                 | 400    | `cur_page` must be from 1               |
      | get-by-id       | {"id": 0}                                       | 404    | no Vault connection with ID 0           |
      | get-by-name     | {"name": "none"}                                | 404    | no Vault connection with name `none`    |
      | change-password | {"id": 1, "password1": "a", "password2": "b"}   | 400    | is not the same as password1            |
      | ping            | {"name": "none"}                                | 404    | no active Vault connection `none`       |
