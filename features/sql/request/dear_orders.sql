-- those whose total is above a limit
SELECT id, name
FROM orders
WHERE total > #{limit}
ORDER BY id;
