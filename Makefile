# `make` alone lists the targets. Everything made goes to dist/, out/ and target/.

VERSION := $(shell sed -n 's/^version = "\([0-9.]*\)"/\1/p' Cargo.toml | head -n 1)
SONAME := liboms.so.$(firstword $(subst ., ,$(VERSION)))
# Bytes of a pointer of the machine that the library is made for.
POINTER = $(shell expr $$(getconf LONG_BIT) / 8)
DESCRIPTION := $(shell sed -n 's/^description = "\(.*\)"/\1/p' Cargo.toml | head -n 1)

PREFIX ?= /usr/local
# Recorded quotes for the demo; without them the gateway generates a session of its own.
QUOTES ?=
# For the backtest: trades of the same market; bars of so many seconds instead of quotes; IN=c: the
# program in C.
TRADES ?=
BARS ?=
IN ?= rust
# Benchmarks within a minute instead of a few; empty or 0: no, as with STRICT.
QUICK ?=

CXXFLAGS ?= -O2
GATEWAY_SOURCES := $(wildcard examples/gateway/*.cpp)
GATEWAY_HEADERS := $(wildcard examples/gateway/*.hpp examples/gateway/*.h include/*.hpp)

# Copies only what differs, so that what depends on it is not made again.
copy = cmp -s $(1) $(2) || cp $(1) $(2)

.DEFAULT_GOAL := help
.PHONY: help lib header demo backtest test bench instructions verify verify-selftest install \
    python wheel python-bench freqtrade fmt lint clean

help: ## this list
	@echo "oms-core $(VERSION): make TARGET"
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | \
	    awk -F '\t' '{ printf "  %-16s %s\n", $$1, $$2 }'

# The crate types are given here and not in Cargo.toml: an rlib among them switches LTO off.
lib: ## the libraries and headers, into dist/
	cargo rustc --release --lib --target-dir target --features capi \
	    --crate-type staticlib,cdylib -- -C link-arg=-Wl,-soname,$(SONAME)
	@mkdir -p dist/include out
	@cp target/release/liboms_core.a out/liboms.a
	@objcopy --remove-section=.llvmbc --remove-section=.llvmcmd out/liboms.a
	@$(call copy,out/liboms.a,dist/liboms.a)
	@$(call copy,target/release/liboms_core.so,dist/liboms.so.$(VERSION))
	@ln -sf liboms.so.$(VERSION) dist/$(SONAME)
	@ln -sf $(SONAME) dist/liboms.so
	@for h in include/*.h include/*.hpp; do \
	    if [ -f "$$h" ]; then $(call copy,$$h,dist/$$h); fi; done

header: ## refresh include/oms.h from the sources, from it oms.hpp and what Node and Go take
	OMS_BLESS=1 cargo test -q --features capi --test header
	@tools/hpp.py
	@tools/bindings

demo: out/gateway ## build and run the gateway: make demo [QUOTES=file.csv.gz]; out/demo.svg
	out/gateway $(if $(QUOTES),--quotes "$(QUOTES)") --svg out/demo.svg

backtest: $(if $(filter c,$(IN)),out/backtest_c) ## make backtest [QUOTES=] [TRADES=] [BARS=60] [IN=c]; out/backtest
	$(if $(filter-out c rust,$(IN)),$(error IN is "$(IN)": rust or c belongs there))
	@$(if $(filter c,$(IN)),out/backtest_c,cargo run -q --release --example backtest --) \
	    $(if $(QUOTES),--quotes "$(QUOTES)") $(if $(TRADES),--trades "$(TRADES)") \
	    $(if $(BARS),--bars "$(BARS)")

# Cargo decides whether the library is stale; the file's time says whether it changed.
dist/liboms.a: lib ;

out/gateway: $(GATEWAY_SOURCES) $(GATEWAY_HEADERS) dist/liboms.a
	@mkdir -p out
	$(CXX) -std=c++17 $(CXXFLAGS) -Wall -Wextra -Idist/include -Iexamples/gateway \
	    $(GATEWAY_SOURCES) dist/liboms.a -o $@

out/backtest_c: $(wildcard examples/backtest_c/*) dist/liboms.a
	@mkdir -p out
	$(CC) -std=c99 -O2 -Wall -Wextra -Wpedantic -Idist/include \
	    $(wildcard examples/backtest_c/*.c) dist/liboms.a -o $@

test: ## every test: Rust, lints, C, C++, README, demo (STRICT=1: a skip is a failure)
	@tools/test

bench: out/peers out/latency out/replay ## times against hand-written C++, latency, pictures (QUICK=1: less)
	@tools/bench $(if $(filter-out 0,$(QUICK)),--quick)

out/peers: $(wildcard benches/peers/*) benches/desk.h benches/options.hpp dist/liboms.a
	@mkdir -p out
	$(CXX) -std=c++17 -O2 -Wall -Wextra -Idist/include benches/peers/main.cpp dist/liboms.a -o $@

out/latency: benches/latency.cpp benches/desk.h benches/options.hpp \
    examples/gateway/latency.hpp dist/liboms.a
	@mkdir -p out
	$(CXX) -std=c++17 -O2 -Wall -Wextra -Idist/include benches/latency.cpp dist/liboms.a -o $@

out/replay: benches/replay.c benches/replay.h benches/desk.h dist/liboms.a
	@mkdir -p out
	$(CC) -std=c11 -O2 -Wall -Wextra -Wpedantic -Idist/include benches/replay.c dist/liboms.a -o $@

instructions: lib ## instructions per operation, by callgrind, against benches/budget.txt
	@tools/instructions

verify: ## the guarantee gates: panic paths, symbols, memory, exports, stack, layout, thumb
	@tools/verify

verify-selftest: ## break each guarantee on purpose and see its gate fail (slow)
	@tools/verify selftest

define PKG_CONFIG
prefix=$(PREFIX)
libdir=$${prefix}/lib
includedir=$${prefix}/include

Name: oms
Description: $(DESCRIPTION)
Version: $(VERSION)
Libs: -L$${libdir} -loms
Cflags: -I$${includedir}
endef
export PKG_CONFIG

install: lib ## libraries, headers, oms.pc, CMake: make install PREFIX=/usr/local [DESTDIR=]
	mkdir -p $(DESTDIR)$(PREFIX)/lib/pkgconfig $(DESTDIR)$(PREFIX)/include
	mkdir -p $(DESTDIR)$(PREFIX)/lib/cmake/oms
	cp dist/liboms.a dist/liboms.so.$(VERSION) $(DESTDIR)$(PREFIX)/lib/
	ln -sf liboms.so.$(VERSION) $(DESTDIR)$(PREFIX)/lib/$(SONAME)
	ln -sf $(SONAME) $(DESTDIR)$(PREFIX)/lib/liboms.so
	cp dist/include/* $(DESTDIR)$(PREFIX)/include/
	@printf '%s\n' "$$PKG_CONFIG" > $(DESTDIR)$(PREFIX)/lib/pkgconfig/oms.pc
	@for f in oms-config.cmake oms-config-version.cmake; do \
	    sed 's/@VERSION@/$(VERSION)/; s/@SONAME@/$(SONAME)/; s/@POINTER@/$(POINTER)/' cmake/$$f \
	        > $(DESTDIR)$(PREFIX)/lib/cmake/oms/$$f || exit 1; \
	done

python: ## the Python packages oms and order_manager, into out/venv, and their tests
	@tools/pypackage.py test

wheel: ## a wheel of the Python packages, into dist/: it needs no cargo to be installed
	@tools/pypackage.py wheel

freqtrade: ## backtests of freqtrade (some 115 MB by pip); CANDLES="BASE_QUOTE-5m.csv ..."
	@tools/pypackage.py freqtrade $(CANDLES)

python-bench: ## what a call costs in Python, beside C
	@tools/pypackage.py bench

fmt: ## format the Rust sources
	cargo fmt

lint: ## rustfmt --check and clippy over all targets, with and without the C surface
	cargo fmt --check
	cargo clippy -q --all-targets -- -D warnings
	cargo clippy -q --all-targets --features capi -- -D warnings

clean: ## remove dist/, out/ and target/
	rm -rf dist out target
