# weir: small programs that make clean tab-separated records, and filter, aggregate and store them.
#
#     make deps           first, on Debian: installs the packages to build and to run the demos; make check-deps: those
#                         of tests and optional ones of scripts, too; make lint-deps
#     make                builds the programs, in build/bin; make plain: without the fast paths, in build/plain/bin;
#                         make levels: those with kernels, for tests of each level of vectors, in build/levels/bin;
#                         make musl: those without libraries, in build/musl/bin
#     make static         builds those without SQLite as files that need no others, for clusters, in build/static/bin
#     make check          runs all tests; SAN=1: under AddressSanitizer and UndefinedBehaviorSanitizer; JOBS=N at a time
#     make check-cluster  tests spread over ssh, and spread-spark on a cluster and HDFS here, after make spark-setup
#     make spark-setup    installs Spark for its tests
#     make lint           checks sources, manuals and scripts
#     make demo           runs the votes job on real votes; demo-comments, demo-sales, demo-sessions, demo-users;
#                         make demo-report: a page about the votes, for a browser
#     make bench          measures weir against the installed peers (N=10000000); make bench-setup installs some
#     make install        installs to PREFIX, under DESTDIR; PROGPREFIX=weir- begins the names of all programs
#     make deb            makes a Debian package, in build/deb; make deb-deps first; DEB_MAINTAINER="NAME <ADDRESS>"
#     make dist           packs the checked-out commit into weir-VERSION.tar.gz
#     make clean          removes build
#     make help           prints these lines

# The version, defined only here. A release is this number, its section in NEWS.md, and a tag.
VERSION = 0.1.0
PREFIX = /usr/local
PYSPARK = 4.3.0
CC = cc
CFLAGS = -O2 -g
INSTALL = install

ifdef SAN
B = build/san
SANITIZE = -fsanitize=address,undefined -fno-sanitize-recover=all
# Saves a third of the time that a small program takes to start. clang always does this.
STATIC_SANITIZE := $(shell echo 'int main;' | $(CC) -w -static-libasan -static-libubsan $(SANITIZE) -x c - -o /dev/null \
	2>/dev/null && echo -static-libasan -static-libubsan)
else
B = build
HARDENING = -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fstack-clash-protection \
	$(CF_PROTECTION) -fPIE
HARDENING_LD = -pie -Wl,-z,relro,-z,now
# Saves the cost of calls between modules, a tenth of the time. gcc has it. With gcc's plugin, ar needs no machine code in
# the objects, which saves a quarter of the time to build.
LTO := $(shell $(CC) -Werror -flto=auto -ffat-lto-objects -x c -c /dev/null -o /dev/null 2>/dev/null && echo -flto=auto)
LTO_PLUGIN := $(if $(LTO),$(wildcard $(shell $(CC) -print-file-name=liblto_plugin.so)))
LTO += $(if $(LTO_PLUGIN),,$(LTO:%=-ffat-lto-objects))
endif
# Only some processors support it.
CF_PROTECTION := $(shell $(CC) -fcf-protection -fsyntax-only -x c /dev/null 2>/dev/null && echo -fcf-protection)

# Kernels, *_kernel.c, are compiled for every processor and once more for each level of vector instructions that the
# compiler knows. base/vector.h picks one.
LEVEL_avx2 = -mavx2 -mbmi -mbmi2 -mpopcnt -mpclmul
LEVELS := $(foreach level,avx2,$(shell $(CC) -Werror $(LEVEL_$(level)) -x c -c /dev/null -o /dev/null 2>/dev/null && \
	echo $(level)))

WARNINGS = -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla
LANGUAGE = -std=c11 -D_GNU_SOURCE -DWEIR_VERSION='"$(VERSION)"' $(LEVELS:%=-DVECTOR_HAS_%) -Icommon
COMPILE = $(CC) $(LANGUAGE) $(WARNINGS) $(HARDENING) $(LTO) $(SANITIZE) $(VARIANT) $(CPPFLAGS) $(CFLAGS)
LINK = $(CC) $(LTO) $(SANITIZE) $(STATIC_SANITIZE) $(HARDENING_LD) $(CFLAGS) $(LDFLAGS)

PROGRAMS = $(notdir $(patsubst %/,%,$(wildcard cmd/*/)))
SCRIPTS = $(patsubst scripts/%.1,%,$(wildcard scripts/*.1))
MANUALS = $(wildcard cmd/*.7 cmd/*/*.1 scripts/*.1)
KERNELS = $(foreach level,$(LEVELS),$(patsubst %.c,%.$(level).o,$(filter %_kernel.c,$(1))))
COMMON := $(patsubst %.c,%.o,$(wildcard common/*/*.c)) $(call KERNELS,$(wildcard common/*/*.c))
OBJECTS = $(patsubst %.c,%.o,$(wildcard cmd/$(1)/*.c)) $(call KERNELS,$(wildcard cmd/$(1)/*.c))
COMMANDS = $(PROGRAMS) $(SCRIPTS)
SOURCES = $(wildcard cmd/*/*.c common/*/*.c scripts/bench/*.c)
NOT_SHELL = $(addprefix scripts/,bench completion examples.mk lib package plans votes.md)
SHELL_FILES = $(filter-out $(NOT_SHELL) %.1,$(wildcard scripts/*)) scripts/package/deb .ci/run \
	$(wildcard scripts/lib/*.sh scripts/completion/*.bash scripts/plans/* scripts/bench/generate-* scripts/bench/hosts)

# Debian packages to build and run, for the tests, and for make lint and CC=clang SAN=1. With those of the tests, the jobs
# also work with PostgreSQL, and spread with other machines. Optional: BENCH_DEPS, the peers of make bench.
BUILD_DEPS = gcc libc6-dev libcmark-dev libjsmn-dev libsqlite3-dev libzstd-dev zlib1g-dev
RUN_DEPS = gzip sqlite3
TEST_DEPS = bats fish git parallel postgresql postgresql-client python3 strace tzdata zsh zstd
LINT_DEPS = clang cppcheck libclang-rt-dev lintian mandoc musl-tools shellcheck
DEB_DEPS = dpkg-dev
BENCH_DEPS = datamash g++ jq libsimdjson-dev mawk miller python3-venv

all: $(PROGRAMS:%=$(B)/bin/%) $(B)/completion/completion.tsv

# The same programs without the fast paths, such as shape.c, for tests that compare the two. Programs that only tests run
# need no LTO, which takes half the time of a build.
plain: $(PROGRAMS:%=$(B)/plain/bin/%)
$(B)/plain/%: VARIANT = -DWEIR_PLAIN
$(B)/plain/% $(B)/levels/%: LTO =

# The programs that have kernels of their own, for tests: WEIR_VECTOR=base in the environment turns AVX2 off.
levels: $(addprefix $(B)/levels/bin/,csv2tsv dedup jsonl2tsv tsvcat tsvsplit weekagg)
$(B)/levels/%: VARIANT = -DWEIR_LEVELS

# Programs of one file that runs on any Linux with this kind of processor, for clusters: those without SQLite, and not
# report. A warning here is of a function, such as getpwnam(3), that would load the machine's C library.
static: $(addprefix $(B)/static/bin/,$(filter-out report sqlite2tsv tsv2sqlite,$(PROGRAMS)))
$(B)/static/%: VARIANT = -DWEIR_STATIC
$(B)/static/%: HARDENING_LD = -static-pie -Wl,-z,relro,-z,now,--fatal-warnings -s

# The programs that need no library, with musl. The others compile, too, but Debian has no zlib, zstd and SQLite for it.
# What musl has comes first; the headers of the libraries come last.
MUSL_PROGRAMS = $(filter-out csv2tsv jsonl2tsv report sqlite2tsv tsv2sqlite tsvcat tsvdiff,$(PROGRAMS))
MUSL_HEADERS = -idirafter /usr/include -idirafter /usr/include/$(shell $(CC) -print-multiarch)
musl:
	$(MAKE) B=build/musl CC=musl-gcc CPPFLAGS='$(MUSL_HEADERS) -Werror' $(MUSL_PROGRAMS:%=build/musl/bin/%)

.SECONDEXPANSION:
SOURCE_OF = $(patsubst plain/%,%,$(patsubst levels/%,%,$(patsubst static/%,%,$(1)))).c
$(B)/%.o: $$(call SOURCE_OF,$$*)
	@mkdir -p $(@D)
	$(COMPILE) -MMD -MP -c -o $@ $<

$(B)/%.avx2.o: $$(call SOURCE_OF,$$*)
	@mkdir -p $(@D)
	$(COMPILE) $(LEVEL_avx2) -DVECTOR_LEVEL=avx2 -MMD -MP -c -o $@ $<

$(B)/common.a $(B)/plain/common.a $(B)/levels/common.a $(B)/static/common.a: $$(addprefix $$(@D)/,$$(COMMON))
	@rm -f $@
	$(AR) $(LTO_PLUGIN:%=--plugin %) rcs $@ $^

# A program links the modules in its folder, what they use of common.a, and the libraries named here.
LIBS_csv2tsv = -lz -lzstd -pthread
LIBS_jsonl2tsv = $(LIBS_csv2tsv)
LIBS_tsvcat = $(LIBS_csv2tsv)
LIBS_outliers = -lm
LIBS_report = -lcmark
LIBS_tsvdiff = $(LIBS_csv2tsv)
LIBS_sqlite2tsv = -lsqlite3
LIBS_tsv2sqlite = -lsqlite3
TREE = $(patsubst %/bin,%,$(@D))
$(foreach tree,$(B) $(B)/plain $(B)/levels $(B)/static,$(PROGRAMS:%=$(tree)/bin/%)): \
	$$(addprefix $$(TREE)/,$$(call OBJECTS,$$(@F))) $$(TREE)/common.a
	@mkdir -p $(@D)
	$(LINK) -o $@ $^ $(LIBS_$(@F)) $(LDLIBS)

# What completion in all shells offers, from what --help prints. Scripts print the comment at their top.
$(B)/completion/completion.tsv: scripts/completion/table.awk $(PROGRAMS:%=$(B)/bin/%) $(SCRIPTS:%=scripts/%)
	@mkdir -p $(@D)
	{ set -e; for program in $(PROGRAMS:%=$(B)/bin/%); do $$program --help; done; \
	for script in $(SCRIPTS:%=scripts/%); do sed -n '/^#!/d; /^[^#]/q; /^$$/q; s/^# \{0,1\}//p' $$script; done; } > $@.help
	awk -f scripts/completion/table.awk $@.help > $@.new
	mv $@.new $@

# More jobs than cores, because tests also wait; slow files start first. Tests make many small files: in /dev/shm, if it
# has room and may hold programs, that takes a tenth of the time it takes on a disk.
JOBS = $(shell expr 2 \* $$(nproc))
LONGEST = $(patsubst %,t/%.bats,spread-spark-session spark times bench spread tsv2pg tsv2sqlite stream dedup)
TESTS = $(LONGEST) $(filter-out $(LONGEST),$(wildcard t/*.bats))
MEMORY = $(lastword $(shell findmnt -nbo TARGET,AVAIL,OPTIONS /dev/shm | awk '$$2 > 4e9 && !/noexec/ { print $$1 }'))
check: all plain levels $(if $(SAN),,static)
	@command -v bats > /dev/null || { echo 'make check: bats is not installed; run make check-deps first' >&2; exit 1; }
	TMPDIR=$${TMPDIR:-$(or $(MEMORY),/tmp)} WEIR_BUILD=$(abspath $(B)) WEIR_PLAIN_BUILD=$(abspath $(B)/plain) \
	    WEIR_LEVELS_BUILD=$(abspath $(B)/levels) WEIR_STATIC_BUILD=$(abspath $(B)/static) \
	    BATS_NO_PARALLELIZE_WITHIN_FILE=1 MAKEFLAGS= bats --jobs $(JOBS) $(BATS_FLAGS) $(TESTS)

DEMOS = demo demo-comments demo-report demo-sales demo-sessions demo-users
$(DEMOS): JOB = $(or $(patsubst demo-%,%,$(filter demo-%,$@)),votes)
$(DEMOS): all
	PATH=$(abspath $(B)/bin):$(abspath scripts):$$PATH scripts/demo $(JOB) $(B)/demo/$(JOB)

N = 10000000
RUNS = 5
PEERS = $(B)/peers
$(PEERS)/bin/bench_simdjson: scripts/bench/simdjson.cc
	@mkdir -p $(@D)
	$(CXX) -std=c++17 -O3 -DNDEBUG -o $@ $< -lsimdjson
$(PEERS)/bin/bench_sqlite: scripts/bench/sqlite.c
	@mkdir -p $(@D)
	$(CC) $(LANGUAGE) $(WARNINGS) -O2 -o $@ $< -lsqlite3

BENCH_PEERS = bench_sqlite $(if $(wildcard /usr/include/simdjson.h),bench_simdjson)
bench: all $(BENCH_PEERS:%=$(PEERS)/bin/%)
	PATH=$(abspath $(B)/bin):$(abspath $(PEERS)/bin):$$PATH scripts/bench/bench $(B)/bench $(N) $(RUNS) $(ONLY)

bench-setup: bench-deps
	python3 -m venv $(PEERS)
	$(PEERS)/bin/pip install -q duckdb-cli chdb
	! command -v cargo > /dev/null || cargo install -q --locked --root $(PEERS) jaq xan

# Spark with two workers on this machine, some of which are killed. Takes minutes; before a release.
check-cluster: all cluster-deps
	WEIR_BUILD=$(abspath $(B)) bats t/cluster

# PySpark, for t/spread-spark-session.bats: 500 MB in build/spark. It also needs Java.
spark-setup: spark-deps
	[ -x build/spark/bin/spark-submit ] || \
	{ python3 -m venv build/spark && build/spark/bin/pip install -q pyspark==$(PYSPARK); } || { rm -rf build/spark; false; }

LINTS = $(addprefix lint-,clang cppcheck mandoc scripts tests)
lint: $(LINTS)
lint-clang:
	clang -fsyntax-only $(LANGUAGE) $(WARNINGS) -Werror $(SOURCES)
# False positives of cppcheck: arrays filled by a callee or under a condition, and pointers after die().
lint-cppcheck: CPPCHECK_BLIND = $(patsubst %,--suppress=%,uninitvar legacyUninitvar nullPointerRedundantCheck \
	nullPointerArithmeticRedundantCheck ctunullpointer)
lint-cppcheck:
	cppcheck -q --error-exitcode=1 --enable=warning,portability,performance $(CPPCHECK_BLIND) \
	    $(filter -D% -I%,$(LANGUAGE)) $(SOURCES)
lint-mandoc:
	mandoc -T lint -W warning $(MANUALS)
lint-scripts:
	shellcheck -x -P scripts/lib -e SC2317 $(SHELL_FILES)
	shellcheck -s bash t/*.bash
lint-tests:
	shellcheck -S warning -e SC2128,SC2154,SC2178 t/*.bats

# PROGPREFIX=weir- is for those who have another lookup, where or chart: it makes weir-lookup, with its manual.
# Scripts find the programs in share/weir/bin, by their own names. What begins with it already, weir-runs, stays as it is.
INSTALLED = $(addprefix $(PROGPREFIX),$(COMMANDS:$(PROGPREFIX)%=%))
RENAME = name=$${file\#\#*/} name=$(PROGPREFIX)$${name\#$(PROGPREFIX)}
RENAME_IN_MANUAL = $(foreach name,$(filter-out $(PROGPREFIX)%,$(COMMANDS)),s/^(\.(Nm|Xr)) $(name)( |$$)/\1 $(PROGPREFIX)$(name)\3/;)
DEST = $(DESTDIR)$(PREFIX)
BASH_DIR = share/bash-completion/completions
ZSH_DIR = share/zsh/site-functions
FISH_DIR = share/fish/vendor_completions.d
install: all
	$(INSTALL) -d "$(DEST)/bin" "$(DEST)/share/man/man1" "$(DEST)/share/man/man7" "$(DEST)/share/weir/lib" \
	    "$(DEST)/share/weir/plans" $(patsubst %,"$(DEST)/%",$(BASH_DIR) $(ZSH_DIR) $(FISH_DIR))
	$(INSTALL) -m 644 $(wildcard scripts/lib/*) "$(DEST)/share/weir/lib"
	$(INSTALL) -m 644 $(wildcard scripts/plans/*) "$(DEST)/share/weir/plans"
	set -e; for file in $(PROGRAMS:%=$(B)/bin/%) $(SCRIPTS:%=scripts/%); do \
	$(RENAME); $(INSTALL) $$file "$(DEST)/bin/$$name"; done
	set -e; for file in $(filter %.1,$(MANUALS)); do \
	$(RENAME); $(INSTALL) -m 644 $$file "$(DEST)/share/man/man1/$$name"; done
	$(INSTALL) -m 644 $(filter %.7,$(MANUALS)) "$(DEST)/share/man/man7"
ifdef PROGPREFIX
	sed -E -i '$(RENAME_IN_MANUAL)' "$(DEST)"/share/man/man1/$(PROGPREFIX)*.1 "$(DEST)/share/man/man7/weir.7"
	$(INSTALL) -d "$(DEST)/share/weir/bin"
	set -e; for file in $(COMMANDS); do $(RENAME); ln -sf ../../../bin/$$name "$(DEST)/share/weir/bin/$$file"; done
endif
	$(INSTALL) -m 644 $(B)/completion/completion.tsv scripts/examples.mk "$(DEST)/share/weir"
	sed 's/@COMMANDS@/$(INSTALLED)/' scripts/completion/weir.bash > "$(DEST)/$(BASH_DIR)/weir.bash"
	sed 's/@COMMANDS@/$(INSTALLED)/' scripts/completion/weir.zsh > "$(DEST)/$(ZSH_DIR)/_weir"
	set -e; for name in $(INSTALLED); do ln -sf weir.bash "$(DEST)/$(BASH_DIR)/$$name"; \
	sed "s/@COMMANDS@/$$name/" scripts/completion/weir.fish > "$(DEST)/$(FISH_DIR)/$$name.fish"; done
	find sql -type f -exec $(INSTALL) -D -m 644 {} "$(DEST)/share/weir/{}" \;

deps: NEEDED = $(BUILD_DEPS) $(RUN_DEPS)
check-deps: NEEDED = $(BUILD_DEPS) $(RUN_DEPS) $(TEST_DEPS)
lint-deps: NEEDED = $(LINT_DEPS)
deb-deps: NEEDED = $(BUILD_DEPS) $(DEB_DEPS)
bench-deps: NEEDED = $(BENCH_DEPS)
spark-deps: NEEDED = python3-venv
cluster-deps: NEEDED = iproute2 openssh-server
SUDO = $(shell [ "$$(id -u)" = 0 ] || echo sudo)
deps check-deps lint-deps deb-deps bench-deps spark-deps cluster-deps:
	dpkg -s $(NEEDED) > /dev/null 2>&1 || \
	{ $(SUDO) apt-get update && $(SUDO) apt-get install -y --no-install-recommends $(NEEDED); }

NAME_VERSION = weir-$(VERSION)
dist:
	@[ -e .git ] || { echo 'make dist: not a git checkout' >&2; exit 1; }
	git archive --prefix=$(NAME_VERSION)/ -o $(NAME_VERSION).tar.gz HEAD

deb: all
	rm -rf $(B)/deb
	umask 022 && $(MAKE) -s -o all install DESTDIR=$(abspath $(B)/deb/root) PREFIX=/usr \
	    ZSH_DIR=share/zsh/vendor-completions && scripts/package/deb $(B)/deb/root $(VERSION)

help:
	@sed -n '3,/^$$/s/^#  *\(make\)/\1/p' Makefile

clean:
	rm -rf $(B)

.PHONY: all plain levels static musl check $(DEMOS) bench bench-setup spark-setup check-cluster lint $(LINTS) install \
	deps check-deps lint-deps deb-deps bench-deps spark-deps cluster-deps deb dist help clean
.SECONDARY:
-include $(wildcard $(B)/*/*/*.d $(B)/plain/*/*/*.d $(B)/levels/*/*/*.d $(B)/static/*/*/*.d)
