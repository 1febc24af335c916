Feature: WS-Security on SOAP channels, and WSDL

  Background:
    Given context is cleaned up
    And address "$APITEST_SERVER"

  Scenario: A channel takes a token once, and tells what its service is like
    When service "zato.security.wss.create" is invoked
      """
      {"name": "features wss", "username": "maria", "password": "first", "password_type": "digest",
       "reject_empty_nonce_creat": true, "reject_stale_tokens": false, "reject_expiry_limit": 60, "nonce_freshness_time": 3600}
      """
    Then status is "200"
    And I store its "/id" under "wss"
    And service "zato.security.wss.change-password" answers with "{"id": #{wss}, "password1": "userpassword", "password2": "userpassword"}"
    And service "zato.security.wss.edit" answers with "{"id": #{wss}, "nonce_freshness_time": 7200}"
    And service "zato.security.wss.get-by-id" answers with "{"id": #{wss}}"
    And its "/nonce_freshness_time" is an integer "7200"
    And service "zato.security.wss.get-by-name" answers with "{"name": "features wss"}"
    And its "/password_type" is "digest"
    And service "zato.security.wss.get-list" answers with "{"query": "features wss"}"
    And its "/0/username" is "maria"
    When service "zato.http-soap.create" is invoked
      """
      {"name": "features wss", "connection": "channel", "transport": "soap", "url_path": "/features/wss", "service": "zato.ping",
       "security_id": #{wss}}
      """
    Then status is "200"
    And I store its "/id" under "channel"
    Given requests are not authenticated
    And format "XML"
    And URL path "/features/wss"
    And REST method "POST"
    And request is
      """
      <soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/">
        <soap:Header>
          <wsse:Security xmlns:wsse="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
              xmlns:wsu="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd">
            <wsse:UsernameToken>
              <wsse:Username>maria</wsse:Username>
              <wsse:Password Type="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordDigest">tuOSpGlFlIXsozq4HFNeeGeFLEI=</wsse:Password>
              <wsse:Nonce>LKqI6G/AikKCQrN0zqZFlg==</wsse:Nonce>
              <wsu:Created>2010-09-16T07:50:45Z</wsu:Created>
            </wsse:UsernameToken>
          </wsse:Security>
        </soap:Header>
        <soap:Body><ping/></soap:Body>
      </soap:Envelope>
      """
    When the URL is invoked
    Then status is "200"
    And response text contains "<pong>zato</pong>"
    When the URL is invoked
    Then status is "401"
    And response text contains "Fault"
    Given format "JSON"
    When service "zato.http-soap.edit" is invoked with "{"id": #{channel}, "security_id": 0}"
    Then status is "200"
    And service "zato.service.has-wsdl" answers with "{"name": "zato.ping"}"
    And its "/has_wsdl" is false
    When service "zato.service.set-wsdl" is invoked
      """
      {"name": "zato.ping", "wsdl": "PGRlZmluaXRpb25zIHhtbG5zPSJodHRwOi8vc2NoZW1hcy54bWxzb2FwLm9yZy93c2RsLyIvPg==", "wsdl_name": "ping.wsdl"}
      """
    Then status is "200"
    And service "zato.service.get-wsdl" answers with "{"name": "zato.ping"}"
    And its "/wsdl_name" is "ping.wsdl"
    When service "zato.service.get-wsdl-document" is invoked with "{"name": "zato.ping"}"
    Then status is "200"
    Given format "XML"
    And URL path "/features/wss"
    And query string "?wsdl"
    And REST method "GET"
    When the URL is invoked
    Then status is "200"
    And response text contains "http://schemas.xmlsoap.org/wsdl/"
    Given format "JSON"
    And query string ""
    When service "zato.http-soap.delete" is invoked with "{"id": #{channel}}"
    Then status is "200"
    And service "zato.security.wss.delete" answers with "{"id": #{wss}}"

  Scenario Outline: It is refused: <service> with <request>
    When service "zato.<service>" is invoked with "<request>"
    Then status is "<status>"
    And path "/zato_env/details" contains "<details>"

    Examples:
      | service                       | request                               | status | details                             |
      | security.wss.create           | {"name": "x"}                         | 400    | `username` is required              |
      | security.wss.edit             | {"id": 0, "password_type": "none"}    | 400    | `password_type` must be one of      |
      | security.wss.delete           | {"id": 0}                             | 404    | no WS-Security definition with ID 0 |
      | security.wss.get-list         | {"cur_page": 0}                       | 400    | `cur_page` must be from 1           |
      | security.wss.get-by-id        | {"id": 0}                             | 404    | no WS-Security definition with ID 0 |
      | security.wss.get-by-name      | {"name": "none"}                      | 404    | no WS-Security definition with name |
      | security.wss.change-password  | {"id": 0, "password1": "a", "password2": "b"} | 400 | is not the same as password1   |
      | service.set-wsdl              | {"name": "zato.ping", "wsdl": "?"}    | 400    | must be a WSDL in Base64            |
      | service.has-wsdl              | {"name": "no.such"}                   | 404    | no.such                             |
      | service.get-wsdl              | {"name": "zato.ping.none"}            | 404    | zato.ping.none                      |
      | service.get-wsdl-document     | {"name": "zato.echo.none"}            | 404    | zato.echo.none                      |
