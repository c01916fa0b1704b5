# The verbs of the project: the same ones people type and .ci/run runs. `make help` explains each.
SHELL := /bin/bash
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PREFIX ?= /usr/local
DATA ?= stele-data
RELEASE := --configuration release
SOURCES := Package.swift Sources Tests Benchmarks

.PHONY: help deps build release test test-faults test-nightly conformance demo first-hour rights serve bench
.PHONY: format lint docs install clean

help:  ## list these verbs
	@echo "make VERB, with one of"
	@sed -n 's/^\([a-z-]*\):.*##  *\(.*\)/  \1|\2/p' Makefile | while IFS='|' read -r verb meaning; do \
	    printf '%-16s%s\n' "$$verb" "$$meaning"; done

deps:  ## install what the build needs from Debian; nothing happens when it is there
	@scripts/deps.sh

build: deps  ## build everything for debugging
	swift build

release: deps
	swift build $(RELEASE) --product stele

# One test at a time: many keep deadlines or use every core themselves, and would fail each other on a busy machine.
# What failed is said once more at the end, where people look.
test: deps  ## run every test
	@mkdir -p .build
	@set -o pipefail; swift test --no-parallel 2>&1 | tee .build/test.log || { \
	    printf '\ntest: these failed; the whole output is in .build/test.log\n'; \
	    grep -aE '✘|error:|Fatal error' .build/test.log | cut -c1-600 | tail -n 60; exit 1; }
	@echo "test: every test passed"

# How often processes are killed, exits are planned, bytes are changed and networks simulated; `make test` does less.
# STELE_SEED says what is chosen; what fails names it.
FAULTS := STELE_KILLS=$${STELE_KILLS:-200} STELE_ARRIVALS=$${STELE_ARRIVALS:-4} STELE_READS=$${STELE_READS:-10000} \
    STELE_MUTATIONS=$${STELE_MUTATIONS:-1000000} STELE_SIMULATIONS=$${STELE_SIMULATIONS:-1000} \
    STELE_FLIPS=$${STELE_FLIPS:-1000}

test-faults: deps  ## run only the tests that fail disks, cut writes, send rubbish and kill processes, at length
	$(FAULTS) swift test --no-parallel --filter 'Fault|Crash|Kill|Recovery|Hostile|Consensus|Flip'
	@echo "test-faults: every fault test passed"

test-nightly: deps  ## test-faults for HOURS=8, each time with another seed; SEED=n is one of them again
	@scripts/test-nightly.sh '$(HOURS)' '$(SEED)'

conformance: release  ## run outside material and outside readers against a node; writes docs/conformance.md
	@scripts/conformance.sh

demo: release  ## the story of one patient, told by a fresh node; KEEP=1 leaves it running, BUNDLES=dir: of dir
	@.build/release/stele demo $(if $(KEEP),--keep) $(if $(BUNDLES),--bundles '$(BUNDLES)')

first-hour: release  ## the commands of docs/operate/first-hour.md, run as they stand there
	@scripts/first-hour.sh

rights: release  ## what patients, staff and officers may do, on a fresh node: each sentence checked as it is told
	@scripts/rights.sh

serve: release  ## run a node on DATA=dir (default stele-data), made first if there is none
	@[ -e '$(DATA)/FORMAT' ] || .build/release/stele init --data '$(DATA)' --name local --organisation local
	@.build/release/stele serve --data '$(DATA)'

bench: deps  ## measure, beside the ceilings of this machine; writes bench-results.json
	swift run $(RELEASE) Benchmarks --output=bench-results.json

format:  ## lay out every source file
	swift format format --in-place --parallel --recursive $(SOURCES)

lint: deps  ## check the layout and the rules of the tree
	swift format lint --strict --parallel --recursive $(SOURCES)
	swift test --filter '^TreeTests'

docs: deps  ## build the reference pages into .build/docs
	scripts/docs.sh

# What is installed, and where: DESTDIR is a folder to put it into that is not part of any path it knows itself by.
DOC := $(PREFIX)/share/doc/stele

install: deps  ## put the command, its unit and examples into PREFIX=/usr/local; it then needs no Swift toolchain
	swift build $(RELEASE) --product stele --static-swift-stdlib --scratch-path .build/install
	install -D --mode 0755 .build/install/release/stele '$(DESTDIR)$(PREFIX)/bin/stele'
	install -d '$(DESTDIR)$(PREFIX)/lib/systemd/system'
	sed 's|@PREFIX@|$(PREFIX)|' packaging/stele.service > '$(DESTDIR)$(PREFIX)/lib/systemd/system/stele.service'
	install -D --mode 0644 packaging/stele.sysusers '$(DESTDIR)$(PREFIX)/lib/sysusers.d/stele.conf'
	install -D --mode 0644 --target-directory='$(DESTDIR)$(DOC)' packaging/stele.toml packaging/stele.logrotate

clean:  ## remove what was built and what the demo left
	rm -rf .build demo-out bench-results.json
