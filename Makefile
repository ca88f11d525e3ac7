# nabij: `make run` shows it, `make test` proves it. `make help` lists the rest.
ifeq ($(origin CC),default)
  CC := gcc
endif
HOSTCC   ?= gcc
VARIANT  ?= release
BUILD    := build/$(VARIANT)
TOOLS    := build/tools
GEN      := $(BUILD)/gen
LIB      := $(BUILD)/libnabij.a

# ---- how it is compiled ------------------------------------------------------------------
WARN  := -Wall -Wextra -Wformat=2 -Wconversion -Wsign-conversion -Wimplicit-fallthrough \
         -Werror=format-security -Werror=implicit -Werror=incompatible-pointer-types \
         -Werror=int-conversion -Werror
HARD  := -U_FORTIFY_SOURCE -fstack-clash-protection -fstack-protector-strong -fcf-protection=full \
         -fPIE -fno-delete-null-pointer-checks -fno-strict-overflow -fno-strict-aliasing
LINKHARD := -pie -Wl,-z,nodlopen,-z,noexecstack,-z,relro,-z,now,--as-needed

SANITIZE := -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all \
            -DNABIJ_SANITIZED
ifeq ($(VARIANT),asan)
  OPT := -O1 $(SANITIZE)
else ifeq ($(VARIANT),fuzz)
  CC  := clang
  OPT := -O1 $(SANITIZE) -fsanitize=fuzzer-no-link
else ifeq ($(VARIANT),clang)
  CC  := clang
  OPT := -O2 -g -D_FORTIFY_SOURCE=3
else
  OPT := -O2 -g -D_FORTIFY_SOURCE=3 -ftrivial-auto-var-init=zero
endif

ifeq ($(findstring clang,$(CC)),)
  WARN += -Wtrampolines -Wbidi-chars=any
endif

CFLAGS += -std=c17 -D_GNU_SOURCE -Isrc -I$(GEN) $(WARN) $(HARD) $(OPT) $(FAST)
LDLIBS += -lsqlite3 -lsodium -ljansson -lqrencode -lcmark-gfm -lseccomp -lm -lpthread

# The engines that walk large arrays.
ifeq ($(filter asan fuzz,$(VARIANT)),)
  $(BUILD)/src/maths/%.o $(BUILD)/src/commands/suggest%.o: FAST := -O3
  $(BUILD)/src/maths/opinions%.o: FAST := -O3 -fno-math-errno
endif

# ---- what there is -----------------------------------------------------------------------
SRC      := $(sort $(shell find src -name '*.c'))
SQL      := $(sort $(shell find src -name '*.sql'))
HTML     := $(sort $(shell find src -name '*.html'))
PO       := locale/nl.po $(sort $(filter-out locale/nl.po,$(wildcard locale/*.po)))
EMBED    := $(sort $(shell find schema assets -type f))
MADE_H   := $(GEN)/queries.h $(GEN)/pages.h $(GEN)/messages.h
MADE     := queries pages messages embedded
OBJECTS  := $(patsubst %.c,$(BUILD)/%.o,$(filter-out src/main.c,$(SRC))) $(MADE:%=$(GEN)/%.o)
UNIT     := $(patsubst test/unit/%.c,$(BUILD)/test/%,$(sort $(wildcard test/unit/*_test.c)))
FAULT    := $(patsubst test/faults/%.c,$(BUILD)/faults/%,$(sort $(wildcard test/faults/*_test.c)))
FUZZ     := $(patsubst test/fuzz/%_fuzz.c,$(BUILD)/fuzz/%,$(sort $(wildcard test/fuzz/*_fuzz.c)))
TOOLBASE := $(patsubst %,src/base/%.c,arena memory out str)

.PHONY: all run demo demo-reset test unit tools tidy format fuzz bench bench-maths clean help FORCE
all: $(BUILD)/nabij

help:
	@sed -n 's/^#: //p' Makefile
#: make             build the program (build/release/nabij)
#: make run         install what is missing, make a demonstration neighbourhood, serve it
#: make demo-reset  throw the demonstration away and begin afresh
#: make test        install what the tests need, build with sanitizers, run everything
#: make unit        the unit tests of this VARIANT (release, asan, clang)
#: make tidy        the house rules: layers, banned functions, file names
#: make fuzz        fuzz every reader for a long time (FUZZ_SECONDS=600 each)
#: make bench       measure the platform beside nginx and the disk
#: make bench-maths measure the five engines beside their rivals

# ---- build -------------------------------------------------------------------------------
$(BUILD)/nabij: $(BUILD)/src/main.o $(LIB)
	@echo "  LINK $@"
	@$(CC) $(CFLAGS) $(LINKHARD) -o $@ $^ $(LDLIBS)

$(LIB): $(OBJECTS)
	@echo "  AR   $@"
	@rm -f $@
	@$(AR) rcs $@ $^

$(BUILD)/%.o: %.c | $(MADE_H)
	@mkdir -p $(@D)
	@echo "  CC   $<"
	@$(CC) $(CFLAGS) -MMD -MP -c -o $@ $<

$(MADE:%=$(GEN)/%.o): $(GEN)/%.o: $(GEN)/%.c | $(MADE_H)
	@echo "  CC   $<"
	@$(CC) $(CFLAGS) -MMD -MP -c -o $@ $<

# ---- files that are made: queries, pages, messages, what travels inside --------------------
$(TOOLS)/%: tools/text.c $(TOOLBASE)
	@mkdir -p $(@D)
	@echo "  TOOL $@"
	@$(HOSTCC) -std=c17 -D_GNU_SOURCE -I. -Isrc -Wall -Wextra -O1 -g $(TOOLFLAGS) -o $@ $(filter %.c,$^)
$(TOOLS)/mkwords: src/web/plural.c src/web/words.h
$(foreach t,embed mksql mkpage mkwords tidy,$(eval $(TOOLS)/$t: $(wildcard tools/$t*.c)))
$(TOOLS)/mksql $(TOOLS)/mkpage $(TOOLS)/mkwords $(TOOLS)/tidy: $(wildcard tools/*.h src/base/*.h)

# A list is rewritten when a file is added or taken away; a tool leaves alone what stays the same.
$(GEN)/%.list: FORCE
	@mkdir -p $(@D)
	@echo '$(LIST)' | cmp -s - $@ || echo '$(LIST)' > $@
$(GEN)/queries.list: LIST = $(SQL)
$(GEN)/pages.list: LIST = $(HTML)
$(GEN)/messages.list: LIST = $(PO)
$(GEN)/embedded.list: LIST = $(EMBED)
$(GEN)/queries.made: $(TOOLS)/mksql $(GEN)/queries.list $(SQL)
	@$< -h $(@:.made=.h) -c $(@:.made=.c) $(SQL) && touch $@
$(GEN)/pages.made: $(TOOLS)/mkpage $(GEN)/pages.list $(HTML)
	@$< -h $(@:.made=.h) -c $(@:.made=.c) $(HTML) && touch $@
$(GEN)/messages.made: $(TOOLS)/mkwords $(GEN)/messages.list $(PO)
	@$< -h $(@:.made=.h) -c $(@:.made=.c) $(PO) && touch $@
$(foreach g,queries pages messages,$(eval $(GEN)/$g.h $(GEN)/$g.c: $(GEN)/$g.made ;))
$(GEN)/embedded.c: $(TOOLS)/embed $(GEN)/embedded.list $(EMBED)
	@$< $@ $(EMBED)

# ---- tests -------------------------------------------------------------------------------
$(BUILD)/test/%: test/unit/%.c $(LIB)
	@mkdir -p $(@D)
	@echo "  TEST $<"
	@$(CC) $(CFLAGS) -MMD -MP -o $@ $< $(LIB) $(LDLIBS) -lcmocka

$(BUILD)/faults/%: test/faults/%.c $(LIB)
	@mkdir -p $(@D)
	@echo "  TEST $<"
	@$(CC) $(CFLAGS) -MMD -MP -o $@ $< $(LIB) $(LDLIBS) -lcmocka

# llhttp (Debian's node-llhttp) is a second reader of requests, in that one target only.
LLHTTP := /usr/share/llhttp
$(BUILD)/fuzz/request: FUZZ_WITH = -w -DLLHTTP_STRICT_MODE=1 $(wildcard $(LLHTTP)/*.c)
$(BUILD)/fuzz/%: test/fuzz/%_fuzz.c $(LIB)
	@mkdir -p $(@D)
	@echo "  FUZZ $<"
	@$(CC) $(CFLAGS) -isystem /usr/share/include/llhttp -fsanitize=fuzzer -o $@ $< $(FUZZ_WITH) \
	    $(LIB) $(LDLIBS)
fuzzers: $(FUZZ)
faulters: $(FAULT)

unit: $(UNIT) tools
	@for t in $(UNIT) $(sort $(wildcard test/tools/*_test.sh)); do CC='$(HOSTCC)' $$t || exit 1; done
units: $(UNIT)

test:
	@./tools/setup test
	@./test/run

FUZZ_SECONDS ?= 600
fuzz:
	@./tools/setup test
	@$(MAKE) --no-print-directory VARIANT=fuzz fuzzers
	@./test/fuzz/run $(FUZZ_SECONDS)

tools: $(patsubst %,$(TOOLS)/%,embed mksql mkpage mkwords tidy)

tidy: $(TOOLS)/tidy
	@$(TOOLS)/tidy .

format:
	@clang-format -i $$(git ls-files '*.c' '*.h' ':!test/tools/*')

# ---- measure -----------------------------------------------------------------------------
# A bench with a main of its own; the others in bench/ make the worlds that they measure on.
BENCH_MAIN  := $(sort $(shell grep -l 'int main' bench/*.c))
BENCH_WORLD := $(patsubst %.c,$(BUILD)/%.o,$(filter-out $(BENCH_MAIN),$(sort $(wildcard bench/*.c))))
$(BUILD)/bench/%: bench/%.c $(BENCH_WORLD) $(LIB)
	@mkdir -p $(@D)
	@echo "  BENCH $<"
	@$(CC) $(CFLAGS) $(LINKHARD) -MMD -MP -o $@ $< $(BENCH_WORLD) $(LIB) $(LDLIBS)
benches: $(patsubst bench/%.c,$(BUILD)/bench/%,$(BENCH_MAIN))

bench:
	@./tools/setup bench
	@$(MAKE) --no-print-directory all benches
	@./bench/run

bench-maths:
	@./tools/setup bench
	@$(MAKE) --no-print-directory all benches
	@./bench/run-maths

# ---- try it ------------------------------------------------------------------------------
DATA   ?= data
LISTEN ?= 127.0.0.1:8080
run:
	@./tools/setup run
	@$(MAKE) --no-print-directory all
	@./demo/run $(BUILD)/nabij $(DATA) $(LISTEN)

demo-reset:
	@./demo/reset $(DATA)

clean:
	rm -rf build

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
