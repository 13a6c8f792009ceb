"""Inside the machine: runs what the test asks for, as root. Lines in: JSON lists of words; lines out: objects."""

import json
import os
import subprocess
import sys
import time

PORT = "/dev/virtio-ports/agent"


def main():
    while not os.path.exists(PORT):  # noqa: PTH110 (starts quicker without pathlib)
        time.sleep(0.02)
    with open(PORT, "r+b", buffering=0) as port:  # noqa: PTH123 (a device, unbuffered)
        waiting = b""
        while True:
            more = port.read(65536)
            if not more:  # nobody is there yet
                time.sleep(0.02)
                continue
            waiting += more
            while b"\n" in waiting:
                line, _, waiting = waiting.partition(b"\n")
                answer = json.dumps(run(json.loads(line))).encode() + b"\n"
                while answer:
                    answer = answer[port.write(answer) or 0 :]


def run(command):
    try:
        done = subprocess.run(
            command, check=False, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
    except OSError as error:  # no such program: said, as a shell would, for whoever asked waits for an answer
        return {"status": 127, "told": str(error), "uptime": time.monotonic()}
    return {"status": done.returncode, "told": done.stdout.decode(errors="replace"), "uptime": time.monotonic()}


if __name__ == "__main__":
    sys.exit(main())
