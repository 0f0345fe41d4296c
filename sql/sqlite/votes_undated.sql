-- How many votes outlier_weeks does not count: their CreationDate is null or no time. The day must exist: date() with a
-- modifier changes one that does not.
SELECT count(*)
FROM votes
WHERE CreationDate IS NULL
    OR CreationDate NOT GLOB '[0-9]*'
    OR date(substr(CreationDate, 1, 10), '+0 days') IS NOT substr(CreationDate, 1, 10)
    OR substr(CreationDate, 12, 2) >= '24'
    OR date(CreationDate) IS NULL;
