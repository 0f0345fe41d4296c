-- How many votes outlier_weeks does not count: their CreationDate is null or infinite.
SELECT count(*)
FROM blog_analysis.votes
WHERE isfinite(CreationDate) IS NOT TRUE;
