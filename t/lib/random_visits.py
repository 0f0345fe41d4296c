"""Writes random CSV files of visits, plain and packed, to the directory in; argv[1] is the seed."""
import csv, datetime, gzip, io, random, subprocess, sys
chance = random.Random(int(sys.argv[1]))
for n in range(chance.randint(1, 5)):
    columns = ['visit_date'] + chance.sample(['id', 'a "name"', 'b,c', 'd\ne', 'ü'], chance.randint(0, 5))
    chance.shuffle(columns)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator=chance.choice(['\n', '\r\n']),
                        quoting=chance.choice([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]))
    writer.writerow(columns)
    for i in range(chance.choice([0, 1, 50, 400])):
        day = datetime.date(2019, 12, 20) + datetime.timedelta(int(chance.gauss(0, 1 + 9 * n)))
        time = str(day) + chance.choice(['', 'T23:59:59.999', ' 00:00'])
        values = ['', 'x', 'y "z"', '1\n2', ',', '\t', '\\', '\\N', "'"]
        writer.writerow([time if column == 'visit_date' else chance.choice(values) for column in columns])
    data = (chance.choice(['', '\ufeff']) + out.getvalue()).encode()
    if chance.random() < 0.3:
        data = data.removesuffix(b'\n').removesuffix(b'\r')
    kind = chance.choice(['', '.gz', '.zst'])
    if kind == '.gz':
        data = gzip.compress(data)
    if kind == '.zst':
        data = subprocess.run(['zstd', '-qc'], input=data, capture_output=True, check=True).stdout
    open('in/%d.csv%s' % (n, kind), 'wb').write(data)
