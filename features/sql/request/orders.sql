DROP TABLE IF EXISTS orders;
CREATE TABLE orders (
  id INTEGER PRIMARY KEY, name VARCHAR(40), total NUMERIC(10, 2), paid DATE, sent BOOLEAN, note VARCHAR(20)
);
INSERT INTO orders VALUES (1, 'Bob', 5, NULL, false, NULL);
INSERT INTO orders VALUES (2, 'Lee, Ann', 19.90, '2026-01-31', true, 'NULL'), (3, '42', 7, NULL, false, '');
