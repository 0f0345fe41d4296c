-- The last run of each job, and then up to 20 successful runs before it, newest first.
SELECT job, started, status, "read", CASE WHEN "read" > 0 THEN 1.0 * rejected / "read" ELSE 0 END, seconds
FROM (
    SELECT weir_runs.*, row_number() OVER (PARTITION BY job ORDER BY started DESC, status DESC) AS n
    FROM weir_runs
) AS runs
WHERE n = 1 OR n <= 21 AND status = 0
ORDER BY job, n;
