-- Three people; what the other columns hold is up to the scenarios.
DROP TABLE IF EXISTS people;
CREATE TABLE people (
  id INTEGER PRIMARY KEY,
  name VARCHAR(60),
  height NUMERIC(10, 2),
  born DATE
);
INSERT INTO people (id, name) VALUES (1, 'Ann'), (2, 'Bob'), (3, 'Cy');
