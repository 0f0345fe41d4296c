"""Runs two builds of a program on many inputs: status, output, messages and the file "rejects" must be the same.
Arguments: FILE... -- BUILD BUILD ARGUMENT...; with --cuts in front, the inputs are the first 0, 1, 2... bytes of each
FILE."""
import subprocess, sys

cuts = sys.argv[1] == "--cuts"
end = sys.argv.index("--")
files, builds, arguments = sys.argv[1 + cuts:end], sys.argv[end + 1:end + 3], sys.argv[end + 3:]


def result(build, name):
    with open(name, "rb") as data, open("out", "w+b") as out, open("err", "w+b") as err, open("rejects", "w+b") as rejects:
        status = subprocess.call([build, *arguments], stdin=data, stdout=out, stderr=err, close_fds=False)
        return status, *(file.seek(0) or file.read() for file in (out, err, rejects))


def check(name):
    if result(builds[0], name) != result(builds[1], name):
        sys.exit(f"{builds[0]} and {builds[1]} {arguments} differ on {name}")


for file in files:
    if not cuts:
        check(file)
        continue
    with open(file, "rb") as whole:
        whole = whole.read()
    for n in range(len(whole) + 1):
        with open("cut", "wb") as cut:
            cut.write(whole[:n])
        check("cut")
