# `make` alone lists the targets. Everything made goes to dist/, out/ and target/.

VERSION := $(shell sed -n 's/^version = "\([0-9.]*\)"/\1/p' Cargo.toml | head -n 1)
SONAME := liboms.so.$(firstword $(subst ., ,$(VERSION)))
DESCRIPTION := $(shell sed -n 's/^description = "\(.*\)"/\1/p' Cargo.toml | head -n 1)

PREFIX ?= /usr/local
# Recorded quotes for the demo; without them the gateway generates a session of its own.
QUOTES ?=
# Benchmarks within a minute instead of a few; empty or 0: no, as with STRICT.
QUICK ?=

CXXFLAGS ?= -O2
GATEWAY_SOURCES := $(wildcard examples/gateway/*.cpp)
GATEWAY_HEADERS := $(wildcard examples/gateway/*.hpp examples/gateway/*.h include/*.hpp)

# Copies only what differs, so that what depends on it is not made again.
copy = cmp -s $(1) $(2) || cp $(1) $(2)

.DEFAULT_GOAL := help
.PHONY: help lib header demo test bench instructions verify verify-selftest install fmt lint clean

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

header: ## refresh include/oms.h from the sources
	OMS_BLESS=1 cargo test -q --features capi --test header

demo: out/gateway ## build and run the gateway: make demo [QUOTES=file.csv.gz]; out/demo.svg
	out/gateway $(if $(QUOTES),--quotes "$(QUOTES)") --svg out/demo.svg

# Cargo decides whether the library is stale; the file's time says whether it changed.
dist/liboms.a: lib ;

out/gateway: $(GATEWAY_SOURCES) $(GATEWAY_HEADERS) dist/liboms.a
	@mkdir -p out
	$(CXX) -std=c++17 $(CXXFLAGS) -Wall -Wextra -Idist/include -Iexamples/gateway \
	    $(GATEWAY_SOURCES) dist/liboms.a -o $@

test: ## every test: Rust, lints, C, C++, README, demo (STRICT=1: a skip is a failure)
	@tools/test

bench: out/peers out/latency ## times against hand-written C++, latency, pictures (QUICK=1: less)
	@tools/bench $(if $(filter-out 0,$(QUICK)),--quick)

out/peers: $(wildcard benches/peers/*) benches/desk.h benches/options.hpp dist/liboms.a
	@mkdir -p out
	$(CXX) -std=c++17 -O2 -Wall -Wextra -Idist/include benches/peers/main.cpp dist/liboms.a -o $@

out/latency: benches/latency.cpp benches/desk.h benches/options.hpp \
    examples/gateway/latency.hpp dist/liboms.a
	@mkdir -p out
	$(CXX) -std=c++17 -O2 -Wall -Wextra -Idist/include benches/latency.cpp dist/liboms.a -o $@

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

install: lib ## libraries, headers and oms.pc: make install PREFIX=/usr/local [DESTDIR=]
	mkdir -p $(DESTDIR)$(PREFIX)/lib/pkgconfig $(DESTDIR)$(PREFIX)/include
	cp dist/liboms.a dist/liboms.so.$(VERSION) $(DESTDIR)$(PREFIX)/lib/
	ln -sf liboms.so.$(VERSION) $(DESTDIR)$(PREFIX)/lib/$(SONAME)
	ln -sf $(SONAME) $(DESTDIR)$(PREFIX)/lib/liboms.so
	cp dist/include/* $(DESTDIR)$(PREFIX)/include/
	@printf '%s\n' "$$PKG_CONFIG" > $(DESTDIR)$(PREFIX)/lib/pkgconfig/oms.pc

fmt: ## format the Rust sources
	cargo fmt

lint: ## rustfmt --check and clippy over all targets, with and without the C surface
	cargo fmt --check
	cargo clippy -q --all-targets -- -D warnings
	cargo clippy -q --all-targets --features capi -- -D warnings

clean: ## remove dist/, out/ and target/
	rm -rf dist out target
