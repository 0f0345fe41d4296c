-- The events of an app, and the sessions that sessions_merge.sql computes from them. Sinks append to the inbox; new
-- events move from there to events. Events without an id belong to the user, or the device, ''.
BEGIN;

-- One at a time: IF NOT EXISTS and OR REPLACE fail if two create the same.
DO 'BEGIN PERFORM pg_advisory_xact_lock(hashtext(''weir sessions'')); END';

CREATE SCHEMA IF NOT EXISTS app;

CREATE TABLE IF NOT EXISTS app.events_inbox (
    anonymous_id text,
    business_zoned text,
    context_app_version text,
    context_device_id text,
    context_os_name text,
    event_name text,
    received_at timestamptz,
    created_at timestamptz NOT NULL,
    user_id text GENERATED ALWAYS AS (coalesce(lower(anonymous_id COLLATE "C"), '')) STORED,
    device_id text GENERATED ALWAYS AS (coalesce(lower(context_device_id COLLATE "C"), '')) STORED,
    created_us bigint GENERATED ALWAYS AS ((1000000 * extract(epoch FROM created_at AT TIME ZONE 'UTC'))::bigint) STORED
);

CREATE TABLE IF NOT EXISTS app.events (
    anonymous_id text,
    business_zoned text,
    context_app_version text,
    context_device_id text,
    context_os_name text,
    event_name text,
    received_at timestamptz,
    created_at timestamptz NOT NULL,
    user_id text NOT NULL,
    device_id text NOT NULL,
    created_us bigint NOT NULL,
    -- The whole event, because no event is stored twice.
    CONSTRAINT events_once UNIQUE NULLS NOT DISTINCT (
        created_at,
        anonymous_id,
        context_device_id,
        event_name,
        received_at,
        business_zoned,
        context_app_version,
        context_os_name
    )
);

CREATE INDEX IF NOT EXISTS events_of_user ON app.events (user_id, device_id, created_us);

CREATE TABLE IF NOT EXISTS app.sessions (
    user_id text NOT NULL,
    device_id text NOT NULL,
    start_us bigint NOT NULL,
    end_us bigint NOT NULL,
    events bigint NOT NULL,
    successful_booking text NOT NULL,
    -- An interval is multiplied in floating point: seconds and microseconds each fit exactly.
    day date GENERATED ALWAYS AS (
        (timestamp 'epoch' + start_us / 1000000 * interval '1 s' + start_us % 1000000 * interval '1 us')::date
    ) STORED,
    started_at timestamp GENERATED ALWAYS AS (
        timestamp 'epoch' + start_us / 1000000 * interval '1 s' + start_us % 1000000 * interval '1 us'
    ) STORED,
    ended_at timestamp GENERATED ALWAYS AS (
        timestamp 'epoch' + end_us / 1000000 * interval '1 s' + end_us % 1000000 * interval '1 us'
    ) STORED,
    PRIMARY KEY (user_id, device_id, start_us)
);

-- The gap used for all sessions; one row.
CREATE TABLE IF NOT EXISTS app.sessions_gap (
    gap_us bigint NOT NULL
);

-- The regular expression that the name of an event must match for a successful booking; one row.
CREATE TABLE IF NOT EXISTS app.sessions_booked (
    pattern text NOT NULL
);

-- The function that the sqlite3 shell has.
DO $$
BEGIN
    IF to_regprocedure('app.regexp(text, text)') IS NULL THEN
        CREATE FUNCTION app.regexp(pattern text, value text) RETURNS boolean
            LANGUAGE sql IMMUTABLE PARALLEL SAFE
            RETURN value OPERATOR (pg_catalog.~) pattern;
    END IF;
END
$$;

COMMIT;
