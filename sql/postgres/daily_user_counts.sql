-- Visits of each day. observed is the mean of count and the count of the previous row, null in the first row. Days
-- without visits have no row. The schema is the first in search_path; sql/templates/users.sql creates one.
BEGIN;

-- One at a time: IF NOT EXISTS and OR REPLACE fail if two create the same.
DO 'BEGIN PERFORM pg_advisory_xact_lock(hashtext(''weir daily_user_counts'')); END';

CREATE TABLE IF NOT EXISTS daily_user_counts (
    year integer NOT NULL,
    month integer NOT NULL,
    day integer NOT NULL,
    observed numeric(20, 1),
    count bigint NOT NULL,
    PRIMARY KEY (year, month, day),
    CONSTRAINT "the day exists" CHECK (make_date(year, month, day) IS NOT NULL),
    CONSTRAINT "count is positive" CHECK (count > 0)
);

COMMIT;
