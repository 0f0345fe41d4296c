-- Could users who looked for a scooter book one? For each day: the sessions that began on it, those with a ride, and
-- their share in percent.
SELECT
    day,
    count(*) AS sessions,
    sum(CASE successful_booking WHEN 'Y' THEN 1 ELSE 0 END) AS booked,
    round(sum(CASE successful_booking WHEN 'Y' THEN 100.0 ELSE 0 END) / count(*), 1) AS percent
FROM sessions
GROUP BY day
ORDER BY day;
