"""A Spark session for many tests, with an executor of its own. Reads names of directories on standard input: runs the
statements in DIRECTORY/sql, writes what they select to DIRECTORY/out, as spark-sql does, and the error that stopped
them to DIRECTORY/err. Prints a line when it is ready and after each directory. An empty line ends it. argv: settings
NAME=VALUE."""
import os, re, sys
import pyspark
from pyspark.sql import SparkSession

# Spark makes the directories of executors in its home: a copy of links keeps the true one clean.
home = os.environ["SPARK_HOME"] = os.path.abspath("spark")
os.mkdir(home)
for name in os.listdir(pyspark.__path__[0]):
    os.symlink(os.path.join(pyspark.__path__[0], name), os.path.join(home, name))
builder = SparkSession.builder.master("local-cluster[1,2,1024]")
for setting in sys.argv[1:]:
    builder = builder.config(*setting.split("=", 1))
spark = builder.getOrCreate()
spark.sparkContext.setLogLevel("OFF")
print("ready", flush=True)


def statements(text):
    """A statement ends with a semicolon at the end of a line."""
    text = re.sub(r"(?m)^\s*--.*\n", "", text)
    return [statement for statement in re.split(r"(?m);\s*$", text) if statement.strip()]


def lines(rows):
    """The rows of a data frame as spark-sql prints them. Names of columns may be duplicates."""
    names = [f"c{i}" for i in range(len(rows.columns))]
    for row in rows.toDF(*names).selectExpr(*[f"CAST({name} AS STRING)" for name in names]).collect():
        yield "\t".join("NULL" if field is None else field for field in row)


for directory in sys.stdin:
    if not directory.strip():
        break
    os.chdir(directory.rstrip("\n"))
    with open("sql", newline="") as sql, open("out", "w", newline="") as out, open("err", "w") as err:
        try:
            for statement in statements(sql.read()):
                for line in lines(spark.sql(statement)):
                    print(line, file=out)
        except Exception as error:
            print(error, file=err)
    print("done", flush=True)
spark.stop()
