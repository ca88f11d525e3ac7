# nabij: `make run` shows it, `make test` proves it.
ifeq ($(origin CC),default)
  CC := gcc
endif
VARIANT  ?= release
BUILD    := build/$(VARIANT)

WARN  := -Wall -Wextra -Wformat=2 -Wconversion -Wsign-conversion -Wimplicit-fallthrough \
         -Werror=format-security -Werror=implicit -Werror=incompatible-pointer-types \
         -Werror=int-conversion -Werror
HARD  := -U_FORTIFY_SOURCE -fstack-clash-protection -fstack-protector-strong -fcf-protection=full \
         -fPIE -fno-delete-null-pointer-checks -fno-strict-overflow -fno-strict-aliasing
LINKHARD := -pie -Wl,-z,nodlopen,-z,noexecstack,-z,relro,-z,now,--as-needed

ifeq ($(VARIANT),asan)
  OPT := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all -DNABIJ_SANITIZED
else
  OPT := -O2 -g -D_FORTIFY_SOURCE=3 $(if $(findstring clang,$(CC)),,-ftrivial-auto-var-init=zero)
endif

CFLAGS += -std=c17 -D_GNU_SOURCE -Isrc -I$(BUILD)/gen $(WARN) $(HARD) $(OPT)
LDLIBS += -lsqlite3 -lsodium -ljansson -lqrencode -lcmark-gfm -lseccomp -lm -lpthread

SRC  := $(sort $(shell find src -name '*.c'))
LIB  := $(BUILD)/libnabij.a

# Queries, pages and messages become C in $(BUILD)/gen, by the tools of tools/.
HOSTCC   ?= cc
TOOLS    := build/tools
TOOLBASE := $(patsubst %,src/base/%.c,arena memory out str)
GEN      := $(BUILD)/gen
SQL      := $(sort $(shell find src -name '*.sql'))
HTML     := $(sort $(shell find src -name '*.html'))
PO       := $(sort $(wildcard locale/*.po))
MAIN_PO  := $(filter locale/nl.po,$(PO))
EMBED    := $(sort $(shell find schema assets -type f 2>/dev/null))
MADE_H   := $(if $(wildcard src/db/db.h),queries) pages messages
MADE     := $(MADE_H) $(if $(wildcard tools/embed.c),embedded)
OBJECTS  := $(patsubst %.c,$(BUILD)/%.o,$(filter-out src/main.c,$(SRC))) $(MADE:%=$(GEN)/%.o)
UNIT := $(patsubst test/unit/%.c,$(BUILD)/test/%,$(sort $(wildcard test/unit/*_test.c)))

.PHONY: all unit tools tidy clean FORCE
all: $(BUILD)/nabij

$(BUILD)/nabij: $(BUILD)/src/main.o $(LIB)
	@echo "  LINK $@"
	@$(CC) $(CFLAGS) $(LINKHARD) -o $@ $^ $(LDLIBS)

$(LIB): $(OBJECTS)
	@echo "  AR $@"
	@rm -f $@
	@$(AR) rcs $@ $^

$(TOOLS)/%: tools/text.c $(TOOLBASE)
	@mkdir -p $(@D)
	@echo "  TOOL $@"
	@$(HOSTCC) -std=c17 -D_GNU_SOURCE -I. -Isrc $(WARN) -O1 -g $(TOOLFLAGS) -o $@ $(filter %.c,$^)
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
	@$< -h $(@:.made=.h) -c $(@:.made=.c) $(MAIN_PO) $(filter-out $(MAIN_PO),$(PO)) && touch $@
$(foreach g,queries pages messages,$(eval $(GEN)/$g.h $(GEN)/$g.c: $(GEN)/$g.made ;))
$(GEN)/embedded.c: $(TOOLS)/embed $(GEN)/embedded.list $(EMBED)
	@$< $@ $(EMBED)
$(MADE:%=$(GEN)/%.o): $(GEN)/%.o: $(GEN)/%.c | $(MADE_H:%=$(GEN)/%.h)
	@echo "  CC $<"
	@$(CC) $(CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/%.o: %.c | $(MADE_H:%=$(GEN)/%.h)
	@mkdir -p $(@D)
	@echo "  CC $<"
	@$(CC) $(CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/test/%: test/unit/%.c $(LIB)
	@mkdir -p $(@D)
	@echo "  TEST $<"
	@$(CC) $(CFLAGS) -MMD -MP -o $@ $< $(LIB) $(LDLIBS) -lcmocka

$(BUILD)/bench/%: bench/%.c $(LIB)
	@mkdir -p $(@D)
	@echo "  BENCH $<"
	@$(CC) $(CFLAGS) $(LINKHARD) -MMD -MP -o $@ $< $(LIB) $(LDLIBS)

tools: $(patsubst %,$(TOOLS)/%,mksql mkpage mkwords tidy)

tidy: $(TOOLS)/tidy
	@$(TOOLS)/tidy .

# llhttp 8.1.0 (Debian's node-llhttp) is a second reader of requests, in that fuzz target only.
FUZZ_WITH_request := -DLLHTTP_STRICT_MODE=1 $(wildcard /usr/share/llhttp/*.c)
# A fuzz target is built by itself, library and all: make build/release/fuzz/request
FUZZ_CC ?= clang
$(BUILD)/fuzz/%: test/fuzz/%_fuzz.c $(filter-out src/main.c,$(SRC))
	@mkdir -p $(@D)
	@echo "  FUZZ $<"
	@$(FUZZ_CC) -std=c17 -D_GNU_SOURCE -Isrc -I$(BUILD)/gen -isystem /usr/share/include/llhttp \
	    -g -O1 -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all -o $@ \
	    $< $(filter-out src/main.c,$(SRC)) $(FUZZ_WITH_$*) $(LDLIBS)

unit: $(UNIT) tools
	@for t in $(UNIT) $(sort $(wildcard test/tools/*_test.sh)); do CC='$(HOSTCC)' $$t || exit 1; done

clean:
	rm -rf build

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
