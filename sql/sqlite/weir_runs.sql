-- Runs of jobs, including those that failed. started is in UTC; cpu_seconds and peak_bytes are null where unknown.
CREATE TABLE IF NOT EXISTS weir_runs (
    job TEXT NOT NULL,
    started TEXT NOT NULL,
    seconds REAL NOT NULL,
    cpu_seconds REAL,
    peak_bytes INTEGER,
    files INTEGER NOT NULL,
    read INTEGER NOT NULL,
    inserted INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    ignored INTEGER NOT NULL,
    rejected INTEGER NOT NULL,
    status INTEGER NOT NULL
);
