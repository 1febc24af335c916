Feature: TLS

  # The servers' certificates come from an authority that nobody knows: its own is in ca.pem.
  Background:
    Given context is cleaned up
    And address "$TLS_SERVER"
    And URL path "/echo"

  Scenario: A CA file
    Given CA file "${CERTIFICATES}/ca.pem"
    When the URL is invoked
    Then status is "200"

  Scenario: Certificates are checked
    Then this is refused with "is not trusted: unable to get local issuer certificate"
      """
      When the URL is invoked
      """

  Scenario: Unless that is switched off
    Given TLS verification is off
    When the URL is invoked
    Then status is "200"

    Given TLS verification is on
    Then this is refused with "Given CA file"
      """
      When the URL is invoked
      """

  Scenario: An expired certificate
    Given address "$EXPIRED_TLS_SERVER"
    And CA file "${CERTIFICATES}/ca.pem"
    Then this is refused with "certificate has expired"
      """
      When the URL is invoked
      """

  Scenario: A server that wants to see a certificate
    Given address "$SUSPICIOUS_TLS_SERVER"
    And CA file "${CERTIFICATES}/ca.pem"
    And client certificate "${CERTIFICATES}/client.pem" with key "${CERTIFICATES}/client.key"
    When the URL is invoked
    Then status is "200"

  Scenario: A certificate and its key in one file
    Given address "$SUSPICIOUS_TLS_SERVER"
    And CA file "${CERTIFICATES}/ca.pem"
    And client certificate "${CERTIFICATES}/both.pem"
    When the URL is invoked
    Then status is "200"

  Scenario: A server that wants to see a certificate, and sees none
    Given address "$SUSPICIOUS_TLS_SERVER"
    And CA file "${CERTIFICATES}/ca.pem"
    Then this is refused with "Given client certificate"
      """
      When the URL is invoked
      """

  Scenario: Plain HTTP where TLS was expected
    Given address "$PLAIN_AS_TLS"
    Then this is refused with "Then its address starts with http://"
      """
      When the URL is invoked
      """

  Scenario Outline: It is refused: <sentence>
    Then this is refused with "<message>"
      """
      Given <sentence>
      """

    Examples:
      | sentence                                                                              | message                                           |
      | CA file "no-such-file.pem"                                                            | There is no file "no-such-file.pem"               |
      | CA file "config.ini"                                                                  | The CA file contains no certificate                  |
      | client certificate "${CERTIFICATES}/client.pem"                                       | The client certificate and its key cannot be read |
      | client certificate "${CERTIFICATES}/client.pem" with key "${CERTIFICATES}/server.key" | The key does not belong to the client certificate |
