-- Votes of the Stack Exchange data dump.
CREATE TABLE IF NOT EXISTS votes (
    Id INTEGER PRIMARY KEY,
    PostId INTEGER NOT NULL,
    VoteTypeId INTEGER NOT NULL,
    CreationDate TEXT NOT NULL,
    UserId INTEGER,
    BountyAmount INTEGER,
    CONSTRAINT "VoteTypeId is positive" CHECK (VoteTypeId > 0),
    CONSTRAINT "BountyAmount is not negative" CHECK (BountyAmount >= 0),
    -- The day must exist: date() with a modifier changes one that does not. Any time of day that SQLite reads may
    -- follow.
    CONSTRAINT "CreationDate is a date" CHECK (
        CreationDate GLOB '[0-9]*'
        AND date(substr(CreationDate, 1, 10), '+0 days') IS substr(CreationDate, 1, 10)
        AND substr(CreationDate, 12, 2) < '24'
        AND date(CreationDate) IS NOT NULL
    )
) STRICT;
