@cassandra
Feature: The types of CQL

  Background:
    Given Cassandra contact points "$APITEST_CASSANDRA_CONTACT_POINTS"
    And Cassandra port "$APITEST_CASSANDRA_PORT"
    And Cassandra credentials "$APITEST_CASSANDRA_USERNAME" "$APITEST_CASSANDRA_PASSWORD"
    And I connect to Cassandra as "admin"
    And CQL file "schema.cql" is executed, using "admin"
    And I connect to keyspace "apitest_features" as "shop"

  Scenario Outline: A value of <column>
    Given CQL "DELETE FROM every_type WHERE id IN (1, 2)" is executed, using "shop"
    When I insert "1, <value>" into "id, <column>" of Cassandra table "every_type", using "shop"
    And I insert "2, NULL" into "id, <column>" of Cassandra table "every_type", using "shop"
    And I update "<column>" of Cassandra table "every_type" set "<value>" filter by "id = 2", using "shop"
    Then CQL "SELECT id, <column> FROM every_type WHERE id IN (1, 2)" returns, using "shop"
      | id | <column> |
      | 1  | <came>   |
      | 2  | <came>   |

    Examples: Scalars
      | column      | value                                  | came                                 |
      | a_ascii     | abc                                    | abc                                  |
      | a_bigint    | -9223372036854775808                   | -9223372036854775808                 |
      | a_blob      | 0xCAFE                                 | 0xcafe                               |
      | a_boolean   | true                                   | true                                 |
      | a_date      | 2024-02-29                             | 2024-02-29                           |
      | a_decimal   | 1.10                                   | 1.1                                  |
      | a_double    | -1.5e10                                | -15000000000                         |
      | a_duration  | 1y2mo3d4h5m6s                          | 1y2mo3d4h5m6s                        |
      | a_duration  | P1DT2H                                 | 1d2h                                 |
      | a_float     | 0.5                                    | 0.5                                  |
      | an_inet     | 192.168.0.1                            | 192.168.0.1                          |
      | an_inet     | ::1                                    | ::1                                  |
      | an_int      | +5                                     | 5                                    |
      | a_smallint  | 32767                                  | 32767                                |
      | a_text      | 'it''s, \"quoted\"'                    | it's, "quoted"                       |
      | a_text      | 'NULL'                                 | "NULL"                               |
      | a_time      | 12:30:00.5                             | 12:30:00.5                           |
      | a_time      | 12:30:00.123456789                     | 12:30:00.123456789                   |
      | a_timestamp | 2024-02-29T12:30:00+01:00              | 2024-02-29T11:30:00                  |
      | a_timeuuid  | d2177dd0-eaa2-11de-a572-001b779c76e3   | d2177dd0-eaa2-11de-a572-001b779c76e3 |
      | a_tinyint   | -128                                   | -128                                 |
      | a_uuid      | 123e4567-e89b-42d3-a456-426614174000   | 123e4567-e89b-42d3-a456-426614174000 |
      | a_varchar   | Zoë                                    | Zoë                                  |
      | a_varint    | 1234567890123456789012345678901234     | 1234567890123456789012345678901234   |

    Examples: Collections, tuples, user-defined types and vectors
      | column           | value                                           | came                                                     |
      | a_list           | [1, 2, 1]                                       | [1, 2, 1]                                                |
      | a_set            | {'b', 'a, c'}                                   | {'a, c', 'b'}                                            |
      | a_map            | {'k': 1, 'j:x': 2}                              | {"j:x": 2, "k": 1}                                       |
      | a_tuple          | (1, 'x', NULL)                                  | (1, 'x', None)                                           |
      | an_address       | {street: 'High St, 1', zip: 12}                 | {"street": "High St, 1", "zip": 12, "place": null}       |
      | a_frozen_set     | {2, 1, 2}                                       | {1, 2}                                                   |
      | a_frozen_address | {street: 'High St', zip: 1, place: (1.5, 2)}    | {"street": "High St", "zip": 1, "place": [1.5, 2]}       |
      | a_nested         | {'even': [2, 4], 'odd': []}                     | {"even": [2, 4], "odd": []}                              |
      | addresses        | [{street: 'A', zip: 1}, {street: 'B', zip: 2}]  | [{"street": "A", "zip": 1, "place": null}, {"street": "B", "zip": 2, "place": null}] |
      | a_vector         | [0.5, -1, 2]                                    | [0.5, -1, 2]                                             |

  Scenario Outline: What does not fit <column>
    Then this is refused with "does not fit column <column> of type <type>"
      """
      When I insert "1, <value>" into "id, <column>" of Cassandra table "every_type", using "shop"
      """
    And this is refused with "Write <looks>"
      """
      When I update "<column>" of Cassandra table "every_type" set "<value>" filter by "id = 1", using "shop"
      """

    Examples:
      | column     | value          | type             | looks                                   |
      | a_tinyint  | 128            | tinyint          | digits                                  |
      | a_boolean  | maybe          | boolean          | true                                    |
      | a_blob     | CAFE           | blob             | hexadecimal digits after 0x             |
      | an_inet    | 300.1.1.1      | inet             | an address such as 192.168.0.1          |
      | a_duration | soon           | duration         | a duration such as 1mo2d3h              |
      | a_timeuuid | 123e4567-e89b-42d3-a456-426614174000 | timeuuid | a UUID of version 1       |
      | a_list     | [1, x]         | list<int>        | [1, 2] for list<int>                    |
      | a_tuple    | (1, 'x')       | tuple<int, text, boolean> | (1, 'a')                       |
      | an_address | {stret: 'A'}   | address          | {street: …, zip: …, place: …}           |
      | a_vector   | [1, 2]         | vector<float, 3> | 3 numbers, such as [0.1, 0.2]           |

  Scenario: Values of variables
    Given I store JSON "[3]" under "numbers"
    And I store JSON "{"street": "High St", "zip": 12}" under "address"
    And I store JSON "0.1" under "tenth"
    And I store a UUID4 under "uuid"
    When I insert "1, #{uuid}, #{tenth}" into "id, a_uuid, a_decimal" of Cassandra table "every_type", using "shop"
    And I update "a_list" of Cassandra table "every_type" set "#numbers" filter by "id = 1", using "shop"
    And I update "an_address" of Cassandra table "every_type" set "#address" filter by "id = 1", using "shop"
    Then CQL "SELECT a_uuid, a_list, a_decimal, an_address FROM every_type WHERE id = 1" returns, using "shop"
      | a_uuid | a_list   | a_decimal | an_address                                       |
      | #uuid  | #numbers | #tenth    | {"street": "High St", "zip": 12, "place": null}  |

  Scenario: What a query returned goes back
    Given I insert "1, (1, 'x', NULL), 0.10, 2024-02-29" into "id, a_tuple, a_decimal, a_date" of Cassandra table "every_type", using "shop"
    And I store CQL query result "SELECT a_tuple FROM every_type WHERE id = 1" under "tuple", using "shop"
    And I store CQL query result "SELECT a_decimal FROM every_type WHERE id = 1" under "decimal", using "shop"
    And I store CQL query result "SELECT a_date FROM every_type WHERE id = 1" under "date", using "shop"
    When I update "a_tuple" of Cassandra table "every_type" set "#tuple" filter by "id = 2", using "shop"
    And I update "a_decimal, a_date" of Cassandra table "every_type" set "#{decimal}, #{date}" filter by "id = 2", using "shop"
    Then variable "#decimal" is a float "0.1"
    And variable "#date" is "2024-02-29"
    And CQL "SELECT a_tuple, a_decimal, a_date FROM every_type WHERE id = 2" returns, using "shop"
      | a_tuple        | a_decimal | a_date |
      | (1, 'x', None) | #decimal  | #date  |
