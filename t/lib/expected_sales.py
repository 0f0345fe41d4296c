"""Prints the documents that weekly-sales must print for the CSV files in the directory argv[1]."""
import csv, decimal, json, sys


def rows(name):
    with open(f"{sys.argv[1]}/{name}.csv", newline="") as file:
        return [{k.lower(): v.strip() for k, v in r.items()} for r in csv.DictReader(file)]


days = {r["datekey"]: r for r in rows("calendar")}
stores = {r["storeid"]: r for r in rows("store")}
products = {r["productid"]: r for r in rows("product")}
totals = {}
for r in rows("sales"):
    d, s, p = days[r["dateid"]], stores[r["storeid"]], products[r["productid"]]
    key = (d["datecalendaryear"], s["channel"].upper(), p["division"], p["gender"], p["category"])
    of = totals.setdefault(key, ({}, {}))
    w = "W" + d["weeknumberofseason"]
    of[0][w] = of[0].get(w, 0) + decimal.Decimal(r["netsales"])
    of[1][w] = of[1].get(w, 0) + int(r["salesunits"])
for key in sorted(totals):
    year = "RY" + key[0][2:]
    rows = []
    for title, of in zip(("Net Sales", "Sales Units"), totals[key]):
        weeks = ",".join('"W%d":%s' % (i, of.get("W%d" % i, 0)) for i in range(1, 53))
        rows.append('{"rowId":"%s","dataRow":{%s}}' % (title, weeks))
    print('{"uniqueKey":"%s","division":"%s","gender":"%s","category":"%s","channel":"%s","year":"%s",' % (
        "_".join((year,) + key[1:]), key[2], key[3], key[4], key[1], year) + '"dataRows":[%s]}' % ",".join(rows))
