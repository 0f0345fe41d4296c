# Rules to include in your own Makefile: make rebuilds a file only if the file that it comes from is newer.
#
#     include /usr/local/share/weir/examples.mk
#     votes.tsv: PATHS = Id CreationDate
#     weeks.tsv: votes.tsv
#             dedup -k Id < $< | weekagg -t CreationDate > $@
#
# Then "make weeks.svg" makes votes.tsv from votes.jsonl.gz, then weeks.tsv, then the chart weeks.svg. Each target may
# set PATHS, the operands of jsonl2tsv; CSV, options of csv2tsv; LOAD, options of tsv2sqlite; CHART, options of chart. A
# table is named after its file. A page page.html is made from page.md; say which files it reads: "page.html: weeks.tsv".
#
# No incomplete file stays: bash fails a recipe if any program of a pipeline fails, and make then removes the target.
SHELL = /bin/bash
.SHELLFLAGS = -o pipefail -ec
.DELETE_ON_ERROR:
.SECONDARY:

%.tsv: %.jsonl.gz
	jsonl2tsv -f $< $(PATHS) > $@

%.tsv: %.jsonl
	jsonl2tsv -f $< $(PATHS) > $@

%.tsv: %.csv
	csv2tsv $(CSV) $< > $@

# The database is made anew each time, like all other files.
%.db: %.tsv
	rm -f $@
	tsv2sqlite $(LOAD) $@ $(*F) < $<

%.svg: %.tsv
	chart --svg $(CHART) < $< > $@

%.html: %.md
	report -o $@ $<
