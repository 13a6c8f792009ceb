#!/bin/sh
# Open the kiosk. Where there is no display, start one that can be looked at over VNC from this machine only.
#
#   SIZE=1080x1920 packaging/run.sh
set -eu
cd "$(dirname "$0")/.."
export CUNKOU_HOME="${CUNKOU_HOME:-$PWD/build/home}"
.venv/bin/cunkou setup skip >/dev/null # who looks in is not asked how a village wants it; `cunkou setup again` asks
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    exec .venv/bin/cunkou-kiosk ${SIZE:+--size "$SIZE"}
fi
size="${SIZE:-1080x1920}"
runtime=$(mktemp -d)
trap 'kill $kiosk $vnc $screen 2>/dev/null || true; rm -rf "$runtime"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
kiosk="" vnc="" screen=""
Xvfb -displayfd 3 -screen 0 "${size}x24" -nolisten tcp 3>"$runtime/display" 2>/dev/null &
screen=$!
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    [ -s "$runtime/display" ] && break
    sleep 0.25
done
if [ ! -s "$runtime/display" ]; then
    echo "Xvfb did not start within five seconds." >&2
    exit 1
fi
DISPLAY=":$(cat "$runtime/display")"
export DISPLAY
port="${VNC_PORT:-5900}"
x11vnc -localhost -no6 -noipv6 -display "$DISPLAY" -rfbport "$port" -forever -shared -nopw -quiet >"$runtime/vnc.log" 2>&1 &
vnc=$!
cat >&2 <<TEXT
No display here, so the kiosk opens on one that is only visible from this machine: VNC on localhost:$port.
  here:               vncviewer localhost:$port
  from your desktop:  ssh -L $port:localhost:$port THIS-MACHINE, then vncviewer localhost:$port
TEXT
.venv/bin/cunkou-kiosk --size "$size" &
kiosk=$!
wait "$kiosk"
