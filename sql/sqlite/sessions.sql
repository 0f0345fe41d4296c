-- The events of an app, and the sessions that sessions_merge.sql computes from them. Sinks append to the inbox; new
-- events move from there to events. Events without an id belong to the user, or the device, ''.
CREATE TABLE IF NOT EXISTS events_inbox (
    anonymous_id TEXT,
    business_zoned TEXT,
    context_app_version TEXT,
    context_device_id TEXT,
    context_os_name TEXT,
    event_name TEXT,
    received_at TEXT,
    created_at TEXT NOT NULL,
    user_id TEXT AS (ifnull(lower(anonymous_id), '')),
    device_id TEXT AS (ifnull(lower(context_device_id), '')),
    -- Microseconds since 1970: seconds first, because unixepoch() rounds fractions. REAL keeps their six digits.
    created_us INTEGER AS (
        1000000 * unixepoch(substr(created_at, 1, 19))
        + CAST(round(1000000 * CAST('0' || substr(created_at, 20) AS REAL)) AS INTEGER)
    ),
    CONSTRAINT "created_at is a time as utc writes it" CHECK (
        strftime('%Y-%m-%dT%H:%M:%S', substr(created_at, 1, 19), '+0 days') IS substr(created_at, 1, 19)
        AND rtrim(substr(created_at, 20), '0123456789') IN ('', '.')
        AND length(created_at) <= 26
    )
) STRICT;

CREATE TABLE IF NOT EXISTS events (
    anonymous_id TEXT,
    business_zoned TEXT,
    context_app_version TEXT,
    context_device_id TEXT,
    context_os_name TEXT,
    event_name TEXT,
    received_at TEXT,
    created_at TEXT NOT NULL,
    user_id TEXT NOT NULL,
    device_id TEXT NOT NULL,
    created_us INTEGER NOT NULL
) STRICT;

CREATE INDEX IF NOT EXISTS events_of_user ON events (user_id, device_id, created_us);

-- The whole event, because no event is stored twice; %Q tells null from text.
CREATE UNIQUE INDEX IF NOT EXISTS events_once ON events (
    created_at,
    printf(
        '%Q %Q %Q %Q %Q %Q %Q',
        anonymous_id,
        context_device_id,
        event_name,
        received_at,
        business_zoned,
        context_app_version,
        context_os_name
    )
);

CREATE TABLE IF NOT EXISTS sessions (
    user_id TEXT NOT NULL,
    device_id TEXT NOT NULL,
    start_us INTEGER NOT NULL,
    end_us INTEGER NOT NULL,
    events INTEGER NOT NULL,
    successful_booking TEXT NOT NULL,
    -- Division rounds towards 0: from year 0 on, nothing is negative.
    day TEXT AS (date((start_us + 62167219200000000) / 1000000 - 62167219200, 'unixepoch')),
    started_at TEXT AS (
        datetime((start_us + 62167219200000000) / 1000000 - 62167219200, 'unixepoch')
        || rtrim(rtrim(printf('.%06d', (start_us + 62167219200000000) % 1000000), '0'), '.')
    ),
    ended_at TEXT AS (
        datetime((end_us + 62167219200000000) / 1000000 - 62167219200, 'unixepoch')
        || rtrim(rtrim(printf('.%06d', (end_us + 62167219200000000) % 1000000), '0'), '.')
    ),
    PRIMARY KEY (user_id, device_id, start_us)
) STRICT, WITHOUT ROWID;

-- The gap used for all sessions; one row.
CREATE TABLE IF NOT EXISTS sessions_gap (
    gap_us INTEGER NOT NULL
) STRICT;

-- The regular expression that the name of an event must match for a successful booking; one row.
CREATE TABLE IF NOT EXISTS sessions_booked (
    pattern TEXT NOT NULL
) STRICT;
