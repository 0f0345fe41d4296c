# weir: tiny filters from JSON Lines and CSV to clean tab-separated records.

VERSION = 0.1.0
PREFIX = /usr/local
CC = cc
CFLAGS = -O2 -g

WARNINGS = -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla
HARDENING = -fstack-protector-strong -D_FORTIFY_SOURCE=2
override CPPFLAGS += -D_GNU_SOURCE -DWEIR_VERSION='"$(VERSION)"' -Icommon
B = build

PROGRAMS = $(patsubst cmd/%.c,%,$(wildcard cmd/*.c))

all: $(PROGRAMS:%=$(B)/bin/%)

$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) -std=c11 $(WARNINGS) $(HARDENING) $(CPPFLAGS) $(CFLAGS) -MMD -c -o $@ $<

$(B)/common.a: $(patsubst %.c,$(B)/%.o,$(wildcard common/*.c))
	$(AR) rcs $@ $^

$(B)/bin/%: $(B)/cmd/%.o $(B)/common.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

-include $(wildcard $(B)/*/*.d)
