"""A program that looks like QEMU from outside: a monitor, an agent inside, a screen. What ails it, a test writes.

Run as ``qemu-system-x86_64``; its folder is that of its agent's socket, and what ails it stands in ``ails.json`` there:
``program`` (it was moved away), ``stopped``, ``agent`` (it answers no more), ``disk`` (nothing but another disk helps),
``all`` (nothing does). What it was asked is noted in ``asked``, each start too.
"""

import json
import re
import socket
import sys
import threading
from pathlib import Path

from PIL import Image

SIZE = (1280, 800)
PAPER, SEAL = (0xF5, 0xF0, 0xE4), (0xB3, 0x32, 0x1F)


def main() -> int:
    sockets = dict(re.findall(r"(agent,path|unix)[=:]([^,]+)", " ".join(sys.argv)))
    if not sockets:  # asked whether a processor can be lent
        return 1
    agent, monitor = Path(sockets["agent,path"]), Path(sockets["unix"])
    machine = Fake(agent.parent)
    threading.Thread(target=serve, args=(agent, machine.inside, None), daemon=True).start()
    serve(monitor, machine.outside, {"QMP": {}})
    return 0


def serve(place, answer, greeting) -> None:
    """Answer lines of JSON."""
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(place))
        listening.listen()
        connection, _ = listening.accept()
        with connection, connection.makefile("rwb", buffering=0) as line:
            if greeting:
                line.write(json.dumps(greeting).encode() + b"\n")
            while asked := line.readline():
                heard = answer(json.loads(asked))
                if heard is not None:
                    line.write(json.dumps(heard).encode() + b"\n")


class Fake:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "ails.json"
        self.note("switched on")
        disk = folder / "own.qcow2"
        if "new" in disk.read_text():
            self.ails -= {"disk", "program", "stopped"}
        disk.write_text("used")
        self.ails -= {"stopped", "agent"}

    @property
    def ails(self) -> set:
        return set(json.loads(self.file.read_text())) if self.file.exists() else set()

    @ails.setter
    def ails(self, ails) -> None:
        self.file.write_text(json.dumps(sorted(ails)))

    def note(self, what: str) -> None:
        with (self.folder / "asked").open("a") as asked:
            asked.write(f"{what}\n")

    def inside(self, command):
        """Do what a command does, as far as a screen depends on it."""
        self.note(" ".join(command).replace("\n", " "))
        if "agent" in self.ails:
            return None
        said = self.done(" ".join(command))
        return {"status": 0, "told": said}

    def done(self, command: str) -> str:
        if command.startswith("echo "):
            return command.removeprefix("echo ")
        if "/opt/cunkou/away" in command:
            self.ails -= {"program"}
        if "restart cunkou-kiosk" in command:
            self.ails -= {"stopped"}
        state = "failed" if self.ails else "active"
        if "-p Id,ActiveState" in command:
            units = {"cunkou-kiosk.service": state, "cunkou-kiosk-again.timer": "inactive"}
            return "\n\n".join(f"Id={unit}\nActiveState={now}\nResult=exit-code" for unit, now in units.items())
        return state

    def outside(self, asked):
        if asked["execute"] == "screendump":
            screen = Image.new("RGB", SIZE, (0, 0, 0) if self.ails else PAPER)
            screen.putpixel((40, 22), SEAL)
            screen.save(asked["arguments"]["filename"])
        return {"return": {}}


if __name__ == "__main__":
    sys.exit(main())
