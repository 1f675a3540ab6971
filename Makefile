# Thin on purpose: what each target does stands in scripts/make.py and is tested in tests/ground.
# PORT=8001 make run      another port
# ARGS=tests/live make test      only some tests
PYTHON := $(shell for name in python3.11 python3 python; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)

.PHONY: run test check bench screenshots messages
run test check bench screenshots messages:
	@$(or $(PYTHON),$(error Samspill needs Python 3.11 or newer; install it, on Debian with 'apt-get install python3')) scripts/make.py $@
