"""Prints rows of the view result in the database argv[1] where an integer is stored for another number, or where a
number that SQLite stores exactly as an integer was rejected."""
import decimal
import re
import sqlite3
import sys

number = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?")
for line, text, want, got, bad in sqlite3.connect(sys.argv[1]).execute("SELECT * FROM result"):
    if isinstance(got, int) and decimal.Decimal(text) != got:
        print(line, text, got)
    if bad and isinstance(want, int) and want and number.fullmatch(text) and decimal.Decimal(text) == want:
        print(line, text, "rejected")
