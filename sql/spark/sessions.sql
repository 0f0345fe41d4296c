-- The sessions job in Spark SQL, with the programs of weir as operators: the view sessions, as load-sessions makes it
-- of the same files. The programs must be in PATH on every machine. docs/spark.md has the rules that this file follows.
-- spark-sql -S -d events='events*.csv' -i fields.sql -i sessions.sql -f ../both/sessions_by_day.sql

-- A record of CSV may have several lines, and a header names the columns: each file is one partition. Without these
-- settings the program that gets the rest of a file finds no header, and the query fails.
SET spark.sql.files.maxPartitionBytes = 1t;
SET spark.sql.files.openCostInBytes = 1t;

CREATE OR REPLACE TEMPORARY VIEW sessions AS
WITH events AS (
    SELECT TRANSFORM (validate_utf8(value))
        ROW FORMAT DELIMITED FIELDS TERMINATED BY '\t' NULL DEFINED AS '\\N'
        USING 'set -o pipefail; trap "cat > /dev/null" EXIT
            place="business_zoned context_app_version context_device_id context_os_name"
            csv2tsv -d ";" --null NULL |
            utc -t received_at,created_at |
            pick anonymous_id $place event_name received_at created_at |
            tail -n +2'
        AS (
            anonymous_id STRING,
            business_zoned STRING,
            context_app_version STRING,
            context_device_id STRING,
            context_os_name STRING,
            event_name STRING,
            received_at STRING,
            created_at STRING
        )
        ROW FORMAT DELIMITED FIELDS TERMINATED BY '\t' NULL DEFINED AS '\\N'
    FROM text.`${events}` WITH ('lineSep' = '\n')
),
events_of_user AS (
    SELECT
        lower(coalesce(anonymous_id, '')) AS user_id,
        lower(coalesce(context_device_id, '')) AS device_id,
        *
    FROM events
    DISTRIBUTE BY user_id, device_id
),
cut AS (
    SELECT TRANSFORM (*)
        ROW FORMAT DELIMITED FIELDS TERMINATED BY '\t' NULL DEFINED AS '\\N'
        USING 'set -o pipefail; trap "cat > /dev/null" EXIT
            dedup -N -S 500M |
            LC_ALL=C sort -S 500M -t "\t" -k 10,10 |
            sessionize -N -s -k 1,2 -t 10 --gap 15m --flag "booked=8~Ride Started|Ride Done|Rating Screen"'
        AS (
            user_id STRING,
            device_id STRING,
            session STRING,
            started_at STRING,
            ended_at STRING,
            events BIGINT,
            successful_booking STRING
        )
        ROW FORMAT DELIMITED FIELDS TERMINATED BY '\t' NULL DEFINED AS '\\N'
    FROM events_of_user
)
SELECT
    from_field(user_id) AS user_id,
    from_field(device_id) AS device_id,
    events,
    successful_booking,
    substr(started_at, 1, 10) AS day,
    replace(started_at, 'T', ' ') AS started_at,
    replace(ended_at, 'T', ' ') AS ended_at
FROM cut;
