-- Visits of each day. observed is the mean of count and the count of the previous row, null in the first row. Days
-- without visits have no row.
CREATE TABLE IF NOT EXISTS daily_user_counts (
    year INTEGER NOT NULL,
    month INTEGER NOT NULL,
    day INTEGER NOT NULL,
    observed REAL,
    count INTEGER NOT NULL,
    PRIMARY KEY (year, month, day),
    CONSTRAINT "the day exists" CHECK (
        date(printf('%04d-%02d-%02d', year, month, day), '+0 days') IS printf('%04d-%02d-%02d', year, month, day)
    ),
    CONSTRAINT "count is positive" CHECK (count > 0)
) STRICT, WITHOUT ROWID;
