"""clickhouse local [--path DIRECTORY] -q QUERY, by chdb, ClickHouse as a Python module."""
import os, sys
from chdb import session
arguments = sys.argv[2:]
path = arguments[arguments.index("--path") + 1] if "--path" in arguments else "clickhouse"
try:
    os.write(1, session.Session(path).query(arguments[arguments.index("-q") + 1], "TabSeparated").bytes())
except Exception as error:
    sys.exit(str(error))
