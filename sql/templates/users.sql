-- Creates what the users job needs in PostgreSQL for one environment: the database, the role that owns and fills the
-- table, the role that reads it, the schema and the table. Keeps what exists. Run it as a superuser:
-- psql -X -f FILE
\set ON_ERROR_STOP on

SELECT 'CREATE DATABASE "{{database}}"'
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{{database}}')
\gexec
SELECT 'CREATE ROLE "{{role}}" LOGIN'
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{{role}}')
\gexec
SELECT 'CREATE ROLE "{{reader}}" LOGIN'
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{{reader}}')
\gexec
\connect "{{database}}"

BEGIN;
CREATE SCHEMA IF NOT EXISTS "{{schema}}";
CREATE TABLE IF NOT EXISTS "{{schema}}"."{{table}}" (
    year integer NOT NULL,
    month integer NOT NULL,
    day integer NOT NULL,
    -- The mean of two counts: one decimal place is exact.
    observed numeric(20, 1),
    count bigint NOT NULL,
    PRIMARY KEY (year, month, day),
    CONSTRAINT "the day exists" CHECK (make_date(year, month, day) IS NOT NULL),
    CONSTRAINT "count is positive" CHECK (count > 0)
);
ALTER SCHEMA "{{schema}}" OWNER TO "{{role}}";
ALTER TABLE "{{schema}}"."{{table}}" OWNER TO "{{role}}";
ALTER ROLE "{{role}}" IN DATABASE "{{database}}" SET search_path = "{{schema}}";
GRANT USAGE ON SCHEMA "{{schema}}" TO "{{reader}}";
GRANT SELECT ON "{{schema}}"."{{table}}" TO "{{reader}}";
COMMIT;
