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
  OPT := -O2 -g -D_FORTIFY_SOURCE=3 -ftrivial-auto-var-init=zero
endif

CFLAGS += -std=c17 -D_GNU_SOURCE -Isrc -I$(BUILD)/gen $(WARN) $(HARD) $(OPT)
LDLIBS += -lm -lpthread

SRC  := $(sort $(shell find src -name '*.c'))
LIB  := $(patsubst %.c,$(BUILD)/%.o,$(filter-out src/main.c,$(SRC)))
UNIT := $(patsubst test/unit/%.c,$(BUILD)/test/%,$(sort $(wildcard test/unit/*_test.c)))

.PHONY: all unit clean
all: $(BUILD)/nabij

$(BUILD)/nabij: $(BUILD)/src/main.o $(LIB)
	@echo "  LINK $@"
	@$(CC) $(CFLAGS) $(LINKHARD) -o $@ $^ $(LDLIBS)

# The engines that walk large graphs.
ifneq ($(VARIANT),asan)
$(foreach e,graph network cascade,$(BUILD)/src/maths/$(e)%.o): CFLAGS += -O3
endif

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	@echo "  CC $<"
	@$(CC) $(CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/test/%: test/unit/%.c $(LIB)
	@mkdir -p $(@D)
	@echo "  TEST $<"
	@$(CC) $(CFLAGS) -MMD -MP -o $@ $< $(LIB) $(LDLIBS) -lcmocka

unit: $(UNIT)
	@for t in $(UNIT); do $$t || exit 1; done

clean:
	rm -rf build

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
