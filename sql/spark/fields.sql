-- The escapes of the dialect: the programs write and read a value with a backslash, TAB, LF or CR as a field without
-- them, and TRANSFORM passes on the fields as they are.
-- spark-sql -i fields.sql

-- The field of a value, for TRANSFORM to write.
CREATE OR REPLACE TEMPORARY FUNCTION to_field(value STRING)
RETURNS STRING
RETURN replace(replace(replace(replace(value, '\\', '\\\\'), '\t', '\\t'), '\n', '\\n'), '\r', '\\r');

-- The value of a field that TRANSFORM has read. No field has a NUL, which stands in for a backslash here.
CREATE OR REPLACE TEMPORARY FUNCTION from_field(field STRING)
RETURNS STRING
RETURN replace(
    replace(replace(replace(replace(field, '\\\\', '\0'), '\\t', '\t'), '\\n', '\n'), '\\r', '\r'),
    '\0',
    '\\'
);
