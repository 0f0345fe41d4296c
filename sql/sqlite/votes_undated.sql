-- How many votes outlier_weeks does not count: their CreationDate is null or no time.
SELECT (SELECT count(*) FROM votes) - count(date(CreationDate))
FROM votes
WHERE CreationDate GLOB '[0-9]???-??-??*'
    AND (
        substr(CreationDate, 9, 2) < '29'
        OR date(substr(CreationDate, 1, 10), '+0 days') IS substr(CreationDate, 1, 10)
    )
    AND substr(CreationDate, 12, 2) < '24';
