# The two commands that everybody needs: make run, make test. Each installs what it lacks.
PY := .venv/bin/python
export CUNKOU_HOME ?= $(CURDIR)/build/home
QML := $(shell git ls-files 'ui/qml/*.qml' 2>/dev/null)
DIR ?= build/tour

.PHONY: run test lint format bench eval tour soak day torture deb deb-test appliance-test setup setup-run lock clean

run: setup-run            ## open the kiosk on its starter pack
	@packaging/run.sh

test: lint                ## every check but those that need an hour or a device
	QT_QPA_PLATFORM=offscreen QT_QUICK_BACKEND=software $(PY) -m pytest -n 2 --dist loadgroup --timeout 900 -m "not long and not device"

lint: setup
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	.venv/bin/lint-imports
	$(PY) packaging/qml_types.py
	@.venv/bin/pyside6-qmllint -W 0 -I ui/qml -I build/qmltypes $(QML)

format: setup             ## lay out the code as the gate wants it
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .

bench: setup              ## ratios, measured side by side in one run
	$(PY) -m tests.bench.run --json build/bench.json

eval: setup               ## how well search finds, beside other engines, over the shared corpus
	@packaging/bootstrap.sh debian-run.txt debian-test.txt debian-eval.txt
	@$(PY) -c "import tantivy" 2>/dev/null || $(PY) -m pip install --quiet --no-deps tantivy==0.27.0
	$(PY) -m tests.eval.run

tour: setup               ## a picture of every page, in all sizes, themes and orientations
	$(PY) -m tests.tour.run $(DIR)

soak: setup               ## an hour of taps in a minute: nothing may crash, warn or grow
	QT_QPA_PLATFORM=offscreen QT_QUICK_BACKEND=software $(PY) -m pytest -m "long and not device" --ignore tests/package --ignore tests/appliance --timeout 1800

day: setup                ## a day of visits, prints, voice and syncs in half an hour; figures in build/day.json
	QT_QUICK_BACKEND=software $(PY) -m tests.day.run

deb: setup                ## build/cunkou_VERSION_amd64.deb, the same bytes from the same commit
	@packaging/bootstrap.sh debian-run.txt debian-test.txt debian-deb.txt
	@$(PY) packaging/deb/build.py $(if $(VERSION),--version $(VERSION))

deb-test: deb             ## install, upgrade, break, remove and purge it in a fresh Debian 12 (root only)
	unshare --mount $(PY) -m pytest tests/package -m long --timeout 1800

appliance-test: deb       ## start it in a machine of its own: boot, kill, freeze, keys, sticks, power cuts (root only)
	@packaging/bootstrap.sh debian-run.txt debian-test.txt debian-appliance.txt
	unshare --mount $(PY) -m pytest tests/appliance -m long --timeout 7200 -s

bundle: deb               ## a folder for a stick: the package and all that it needs, signed; make bundle KEY=you@example.org
	@test -n "$(KEY)" || { echo 'Whose key signs it? make bundle KEY=FINGERPRINT (of a secret key that gpg has here)'; exit 1; }
	$(PY) packaging/bundle/build.py --key "$(KEY)"

torture: setup            ## break every step of a sync, cut the power, fill the disk, bend every byte; log in build/torture.log
	@$(PY) -c "import atheris" 2>/dev/null || $(PY) -m pip install --quiet --no-deps atheris==3.0.0 || true
	nice $(PY) -m tests.torture.run --log build/torture.log

setup:
	@packaging/bootstrap.sh debian-run.txt debian-test.txt

setup-run:
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then packaging/bootstrap.sh debian-run.txt; else packaging/bootstrap.sh debian-run.txt debian-screen.txt; fi

lock: setup               ## take the newest versions that pyproject.toml allows
	$(PY) -m pip install --quiet uv
	.venv/bin/uv pip compile pyproject.toml --extra dev --extra build --upgrade --generate-hashes --no-header --no-annotate --python-version 3.11 -q -o requirements.lock

clean:
	rm -rf .venv build kiosk/tables/data
