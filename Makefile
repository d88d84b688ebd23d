# What people do with this repository. `make` alone explains itself.
SHELL := /bin/bash

PATHS ?=
# Where `make hunt` puts a case of its own when it is given none.
CASE := .build/case
YAGURA := .build/release/yagura
# Tests need the dynamic standard library, the program is linked statically: two builds that must not undo each other.
TEST_BUILD := .build/tests
# Python packages of `make bench` and `make compare-evtx` live here when the system has none.
export PATH := $(CURDIR)/.build/python/bin:$(PATH)

.DEFAULT_GOAL := help
.PHONY: help build test hunt test-rules compare-sigma bench fuzz format lint tidy house compare-evtx clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## build the program: .build/release/yagura
	@dev/setup build
	swift build -c release --static-swift-stdlib --product yagura

test: ## build and run all tests
	@dev/setup build
	swift test -c release --scratch-path $(TEST_BUILD) --explicit-target-dependency-import-check error

hunt: build ## hunt for WMI abuse: in a made case, or in PATHS="FILE FOLDER ARCHIVE …"
ifeq ($(PATHS),)
	@rm -rf $(CASE)
	@$(YAGURA) scenario write notpetya --out $(CASE)
endif
	@echo "yagura hunt $(or $(PATHS),$(CASE))"
	@# 3 says that some of the evidence could not be read; what could is reported.
	@$(YAGURA) hunt $(or $(PATHS),$(CASE)) || [[ $$? == 3 ]]

test-rules: build ## run the fixtures of all rules
	@$(YAGURA) rules test --rules Rules --no-builtin-rules

bench: build ## measure speed and memory beside a peer; SAMPLES=FOLDER with event logs
	@dev/setup bench
	Benchmarks/measure --yagura $(YAGURA) $(or $(SAMPLES),$(error say where event logs are: make bench SAMPLES=FOLDER))

fuzz: ## feed the parsers with damaged input
	@dev/setup build
	dev/fuzz $(FUZZ)

format: ## format all Swift files in place
	@dev/setup swift
	git ls-files -z '*.swift' | xargs -0 swift format format --in-place --parallel

lint: tidy ## check that every file is formatted and tidy
	@dev/setup swift
	git ls-files -z '*.swift' | xargs -0 swift format lint --strict --parallel

tidy: ## check what reviewers forget: stray prints, machine paths, dead links
	dev/tidy

house: ## draw Documentation/House.svg anew from the package's imports
	dev/draw-house

CORPORA := $(or $(YAGURA_CORPORA),$(wildcard ../shared/corpora))
compare-evtx: build ## compare all records with another reader, field by field; PATHS=…
	@dev/setup compare
	dev/compare-evtx --yagura $(YAGURA) $(or $(PATHS),$(CORPORA),Examples/case)

compare-sigma: build ## compare findings with another matcher; RULES="FOLDER …" PATHS=CORPUS
	dev/compare-sigma --yagura $(YAGURA) $(addprefix --rules ,$(or $(RULES),$(error say where Sigma rules are: RULES=FOLDER))) $(or $(PATHS),$(error say where the corpus is: PATHS=FOLDER))

clean: ## remove everything that was built
	rm -rf .build
