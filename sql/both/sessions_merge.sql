-- Moves new events from the inbox to events and computes the sessions of their users and devices again. :gap is the
-- pause, in microseconds, that ends a session; the name of an event that means a booking matches :booked. If one of the
-- two has changed, all sessions are computed again. Unchanged sessions are not touched. Run it in one transaction that
-- locks the inbox for writing.
INSERT INTO events (
    anonymous_id,
    business_zoned,
    context_app_version,
    context_device_id,
    context_os_name,
    event_name,
    received_at,
    created_at,
    user_id,
    device_id,
    created_us
)
SELECT
    anonymous_id,
    business_zoned,
    context_app_version,
    context_device_id,
    context_os_name,
    event_name,
    received_at,
    created_at,
    user_id,
    device_id,
    created_us
FROM events_inbox
WHERE true
ON CONFLICT DO NOTHING;

CREATE TEMPORARY TABLE due (
    user_id text,
    device_id text,
    PRIMARY KEY (user_id, device_id)
);

INSERT INTO due
SELECT
    user_id,
    device_id
FROM events_inbox
UNION
SELECT
    user_id,
    device_id
FROM events
WHERE NOT EXISTS (SELECT 1 FROM sessions_gap WHERE gap_us = CAST(:gap AS bigint))
    OR NOT EXISTS (SELECT 1 FROM sessions_booked WHERE pattern = :booked);

CREATE TEMPORARY TABLE fresh (
    user_id text,
    device_id text,
    start_us bigint,
    end_us bigint,
    events bigint,
    successful_booking text,
    PRIMARY KEY (user_id, device_id, start_us)
);

INSERT INTO fresh
WITH gaps AS (
    SELECT
        due.user_id,
        due.device_id,
        created_us,
        event_name,
        created_us - lag(created_us) OVER (PARTITION BY due.user_id, due.device_id ORDER BY created_us) AS gap
    FROM due
    CROSS JOIN events -- so that SQLite reads only the events of users that are due
    WHERE events.user_id = due.user_id
        AND events.device_id = due.device_id
),
cut AS (
    SELECT
        gaps.*,
        sum(CASE WHEN gap < CAST(:gap AS bigint) THEN 0 ELSE 1 END) OVER (
            PARTITION BY user_id, device_id
            ORDER BY created_us
        ) AS session
    FROM gaps
)
SELECT
    user_id,
    device_id,
    min(created_us),
    max(created_us),
    count(*),
    max(CASE WHEN regexp(:booked, event_name) THEN 'Y' ELSE 'N' END)
FROM cut
GROUP BY user_id, device_id, session;

DELETE FROM sessions
WHERE (user_id, device_id) IN (SELECT user_id, device_id FROM due)
    AND NOT EXISTS (
        SELECT 1
        FROM fresh
        WHERE fresh.user_id = sessions.user_id
            AND fresh.device_id = sessions.device_id
            AND fresh.start_us = sessions.start_us
            AND fresh.end_us = sessions.end_us
            AND fresh.events = sessions.events
            AND fresh.successful_booking = sessions.successful_booking
    );

INSERT INTO sessions (user_id, device_id, start_us, end_us, events, successful_booking)
SELECT *
FROM fresh
WHERE true
ON CONFLICT DO NOTHING;

DELETE FROM events_inbox;
DELETE FROM sessions_gap;
INSERT INTO sessions_gap VALUES (CAST(:gap AS bigint));
DELETE FROM sessions_booked;
INSERT INTO sessions_booked VALUES (:booked);
DROP TABLE due;
DROP TABLE fresh;
