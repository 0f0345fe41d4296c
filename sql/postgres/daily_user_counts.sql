-- Visits of a day. observed is the mean of its count and of the one before, null on the first day; days without visits
-- are no rows. The schema is the first one of search_path; sql/templates/users.sql makes one of its own.
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
