# The verbs of the project. Each one stands alone: it sets up what it needs first.
#
#   make lesson   the guided word count; plays by itself where there is no terminal
#   make demo     a word count that loses a machine and finishes all the same
#   make test     the tests, and a little of each proof; with SEARCH=1 also the long run
#   make prove    builds the proofs and runs them: drey prove searches, jobs, lessons
#   make search   the long run: all that is drawn, in numbers that a day has no time for, in release
#   make test-times   the slowest tests, one at a time; TIMES_ARGS="--limit 2" sets a limit
#   make lint     formatting, style and the tidy rules
#   make format   formats the sources in place
#   make bench    the benchmarks, at full size unless BENCH_ARGS says otherwise
#   make dist     one archive that runs on any Linux of this kind, without Swift or anything else
#   make install  puts drey into PREFIX (default: .drey), with its lessons and datasets
#   make docs     writes the generated documents again
#   make setup    installs what the build needs and the machine lacks

SWIFT ?= swift
DEMO_ARGS ?= --input datasets/demo/the-nest.txt --parallelism 2 --rate 20/s \
	--checkpoint-interval 1s --fail "kill tm-1 at 3s" --verify
BENCH_ARGS ?=
LESSON ?=
SEARCH ?=
# What of the tests the long run takes: a part of their names.
SEARCH_FILTER ?= .
TIMES_ARGS ?=

SWIFT_TEST = $(SWIFT) test --disable-xctest
# How many seeds each search tries, and how many kills each job, by day and in the long run.
PROVE_RUNS ?= 20
PROVE_KILLS ?= 1
SEARCH_RUNS ?= 1000
SEARCH_KILLS ?= 20
PREFIX ?= .drey

# On Linux the released programs carry Swift's runtime: they start in a third of the time. The rest
# they take from the system. A program that is static in full looks names up with what the system has
# plugged in for it, and crashes where that is of another glibc; and a static libstdc++ asks for a
# newer glibc than the shared one does.
STATIC = $(if $(filter Linux,$(shell uname)),--static-swift-stdlib)
FORMATTED = Sources Tests Examples Package.swift
# What a build has to say matters where it fails; linkers warn of what lies in Foundation.
quietly = log=$$(mktemp); $(1) >"$$log" 2>&1 || { cat "$$log"; rm -f "$$log"; exit 1; }; rm -f "$$log"

# What somebody waits for is built without debug information, without optimising what only draws (see
# Package.swift), and without describing each module once more before it is compiled, for which two
# cores have no time. What is handed out or measured is built in full, in a folder of its own.
QUICKLY = DREY_QUICK_BUILD=1 $(SWIFT) build --quiet -c release $(STATIC) -debug-info-format none \
	-Xswiftc -no-emit-module-separately-wmo
FULLY = $(SWIFT) build --quiet -c release $(STATIC) --scratch-path .build-full

.PHONY: lesson demo setup test prove search test-times lint format bench dist install docs

lesson: setup
	@echo "Building drey. The first build takes some minutes, later ones seconds."
	@$(call quietly,$(QUICKLY) --product drey)
	@if [ -t 0 ] && [ -t 1 ]; then .build/release/drey lesson $(LESSON); \
	else .build/release/drey lesson $(or $(LESSON),word-count) --auto; fi

demo: setup
	@echo "Building drey. The first build takes some minutes, later ones seconds."
	@$(call quietly,$(QUICKLY) --product drey)
	@echo 'drey run word-count $(DEMO_ARGS)'
	@.build/release/drey run word-count $(DEMO_ARGS) </dev/null; \
	status=$$?; echo "drey ended with exit code $$status."; exit $$status

setup:
	@bash tools/setup.sh

# The released programs first, so that the last line is the one of the tests.
test: prove
	SEARCH= $(SWIFT_TEST)
ifneq ($(SEARCH),)
	@$(MAKE) search
endif

prove: setup
	@$(call quietly,$(QUICKLY) --product drey)
	@$(call quietly,$(QUICKLY) --product drey-prove)
	.build/release/drey prove lessons
	.build/release/drey prove searches --runs $(PROVE_RUNS)
	.build/release/drey prove jobs --kills $(PROVE_KILLS)

search: setup
	@$(MAKE) prove PROVE_RUNS=$(SEARCH_RUNS) PROVE_KILLS=$(SEARCH_KILLS)
	.build/release/drey prove jobs --each --only fact
	SEARCH=1 $(SWIFT_TEST) -c release --filter '$(SEARCH_FILTER)'

test-times: setup
	@$(call quietly,$(SWIFT) build --quiet --build-tests)
	@bash tools/test-times.sh $(TIMES_ARGS)

lint: setup
	$(SWIFT) format lint --strict --parallel --recursive $(FORMATTED)
	$(SWIFT_TEST) --filter TidyTests

format: setup
	$(SWIFT) format --in-place --parallel --recursive $(FORMATTED)

bench: setup
	@$(call quietly,$(FULLY) --product drey-bench)
	.build-full/release/drey-bench $(BENCH_ARGS)

dist: setup
	@echo "Building drey in full. This takes some minutes."
	@$(call quietly,$(FULLY) --product drey)
	@bash tools/dist.sh

install: setup
	@echo "Building drey in full. This takes some minutes."
	@$(call quietly,$(FULLY) --product drey)
	@bash tools/install.sh '$(PREFIX)'

docs: setup
	@mkdir -p docs
	@bash tools/module-table.sh >docs/modules.md.partial
	@mv docs/modules.md.partial docs/modules.md
	@echo "Wrote docs/modules.md."
