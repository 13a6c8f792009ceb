"""A machine: QEMU with a screen that nobody sees, its keys, its USB port, and an agent inside."""

import json
import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from PIL import Image

from tests.appliance.image import Disk
from tests.appliance.processor import processor

WIDTH, HEIGHT = 1280, 800
LIMIT_S = 1800.0
"""For whatever is waited for, on an emulated processor that others use too; what is right comes long before."""
ANSWER_LIMIT_S = 120.0
"""For an answer to a question that takes no time."""
MEMORY_MB = 1536


class Line:
    """JSON lines over a local socket."""

    def __init__(self, place: Path, limit_s: float) -> None:
        end = time.monotonic() + limit_s
        while True:
            self._socket = socket.socket(socket.AF_UNIX)
            try:
                self._socket.connect(str(place))
                break
            except OSError:
                self._socket.close()
                assert time.monotonic() < end, f"nobody listens at {place}"
                time.sleep(0.02)
        self._limit_s = limit_s
        self._is_trusted = True
        self._socket.settimeout(limit_s)
        self._file = self._socket.makefile("rb")

    def send(self, words: object) -> None:
        self._socket.sendall(json.dumps(words).encode() + b"\n")

    def hear(self) -> Any:
        line = self._file.readline()
        assert line, "the machine has gone"
        return json.loads(line)

    def answers(self, words: object, is_answer: Callable[[Any], bool], limit_s: float) -> bool:
        """Whether these words are answered in time. Once they are not, nothing that is heard here can be trusted.

        Whoever was kept from hearing an answer to its own words has left that for others to hear: it does not count.
        """
        if self._is_trusted:
            self._socket.settimeout(limit_s)
            try:
                self.send(words)
                self._is_trusted = is_answer(self.hear())
            except (AssertionError, OSError, ValueError):
                self._is_trusted = False
            finally:
                self._socket.settimeout(self._limit_s)
        return self._is_trusted

    def close(self) -> None:
        self._file.close()
        self._socket.close()


class Machine:
    """One that is switched on in a ``with`` and has its power cut at the end, and in between if somebody wants that.

    Args:
        disk: It starts from; what it writes goes into ``folder``, so that the next machine with it finds that.
        folder: Of its own.
        kernel_words: More words for the kernel.
        card: Its graphics card.
    """

    def __init__(self, disk: Disk, folder: Path, *, kernel_words: str = "", card: str = "virtio-vga") -> None:
        self._disk = disk
        self._folder = folder
        self._words = kernel_words
        self._card = card
        self._shots = 0
        self.has_stick = False

    def __enter__(self) -> Self:
        self._folder.mkdir(parents=True, exist_ok=True)
        self.switch_on()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None and self.is_on:
            self.keep_evidence()
        self.cut_power()

    # --- from outside ------------------------------------------------------------------------------------------------

    def switch_on(self) -> None:
        """Start it, with the disk as it was left."""
        own = self._folder / "own.qcow2"
        if not own.exists():
            create = ["qemu-img", "create", "-q", "-f", "qcow2", "-F", "raw", "-b", str(self._disk.root), str(own)]
            subprocess.run(create, check=True)
        for name in ("qmp", "agent"):
            (self._folder / name).unlink(missing_ok=True)
        self.has_stick = False
        card = f"{self._card},xres={WIDTH},yres={HEIGHT}" if "vga" in self._card.lower() else self._card
        self.started = time.monotonic()
        self._process = subprocess.Popen(
            [
                "qemu-system-x86_64",
                *processor(self._disk.kernel),
                *("-m", str(MEMORY_MB), "-smp", "2", "-nodefaults", "-no-user-config", "-display", "none"),
                *("-kernel", str(self._disk.kernel), "-initrd", str(self._disk.initrd)),
                *("-append", f"root=/dev/vda ro quiet console=ttyS0 console=tty0 {self._words}"),
                *("-drive", f"file={own},if=virtio,format=qcow2,cache=writeback,discard=unmap"),
                *("-device", card, "-device", "qemu-xhci,id=usb"),
                *("-device", "usb-kbd", "-device", "usb-tablet"),
                *("-device", "virtio-rng-pci", "-device", "virtio-serial"),
                *("-chardev", f"socket,id=agent,path={self._folder / 'agent'},server=on,wait=off"),
                *("-device", "virtserialport,chardev=agent,name=agent"),
                *("-serial", f"file:{self._folder / 'console.log'}"),
                *("-qmp", f"unix:{self._folder / 'qmp'},server=on,wait=off"),
            ],
            stdin=subprocess.DEVNULL,
        )
        self._monitor = Line(self._folder / "qmp", LIMIT_S)
        self._monitor.hear()
        self.ask("qmp_capabilities")
        self._agent = Line(self._folder / "agent", LIMIT_S)

    @property
    def is_on(self) -> bool:
        """Whether it has power."""
        return self._process.poll() is None

    def forget(self) -> None:
        """Let it start from the disk of a new machine the next time; it is off."""
        (self._folder / "own.qcow2").unlink(missing_ok=True)

    def cut_power(self) -> None:
        """End it at once; nothing inside learns of it. What it had not written yet is lost."""
        self._process.kill()
        self._process.wait()
        self._monitor.close()
        self._agent.close()

    def ask(self, command: str, **arguments: Any) -> Any:
        """Ask QEMU's monitor."""
        self._monitor.send({"execute": command, "arguments": arguments})
        while True:
            heard = self._monitor.hear()
            assert "error" not in heard, heard
            if "return" in heard:
                return heard["return"]

    def press(self, keys: str) -> None:
        """Press keys together, such as ``ctrl-alt-f2``, and let go of them."""
        self.ask("human-monitor-command", **{"command-line": f"sendkey {keys} 50"})

    def touch(self, x: float, y: float) -> None:
        """Touch a place of the screen, in shares of its width and height."""
        position = [
            {"type": "abs", "data": {"axis": axis, "value": round(share * 32767)}}
            for axis, share in (("x", x), ("y", y))
        ]
        for down in (True, False):
            button = {"type": "btn", "data": {"down": down, "button": "left"}}
            self.ask("input-send-event", events=[*position, button])
            time.sleep(0.05)

    def plug_in(self, stick: Path) -> None:
        """Plug a memory stick in."""
        self.ask(
            "blockdev-add", driver="raw", **{"node-name": "stick"}, file={"driver": "file", "filename": str(stick)}
        )
        self.ask("device_add", driver="usb-storage", id="stick", bus="usb.0", drive="stick", removable=True)
        self.has_stick = True

    def pull_out(self) -> None:
        """Pull it out, whatever is going on."""
        self.ask("device_del", id="stick")
        self.until(self._let_go, "QEMU keeps the stick")
        self.has_stick = False

    def _let_go(self) -> bool:
        try:
            self.ask("blockdev-del", **{"node-name": "stick"})
        except AssertionError:
            return False
        return True

    def screen(self) -> Image.Image:
        """Return what is on the screen now."""
        place = self._folder / "now.ppm"
        self.ask("screendump", filename=str(place))
        with Image.open(place) as seen:
            return seen.convert("RGB")

    def picture(self, name: str) -> Path:
        """Keep what is on the screen now."""
        self._shots += 1
        kept = self._folder / f"{self._shots:02}-{name}.png"
        self.screen().save(kept)
        return kept

    def keep_evidence(self) -> None:
        """Keep what is on the screen and in the journal after something has failed, as far as that can be had."""
        with suppress(Exception):
            journal = self.picture("when-it-failed").with_suffix(".txt")
            journal.write_text(self.told("journalctl", "-b", "--no-pager", "-n", "400"))

    def until(
        self,
        is_so: Callable[[], bool],
        what: str,
        limit_s: float = LIMIT_S,
        *,
        unless: Callable[[], str] = lambda: "",
    ) -> float:
        """Wait for something; return how many seconds it took.

        Args:
            is_so: Asked again and again.
            what: Is wrong if it never is so.
            limit_s: To wait at most.
            unless: Says why it will never be so; empty as long as it may.
        """
        began = time.monotonic()
        while not is_so():
            assert time.monotonic() - began < limit_s, what
            why = unless()
            assert not why, f"{what}: {why}"
            time.sleep(0.05)
        return time.monotonic() - began

    # --- inside ------------------------------------------------------------------------------------------------------

    def answers(self) -> bool:
        """Whether somebody inside answers, and soon; if nobody does, only a new start helps."""
        sign = secrets.token_hex(8)
        return self._agent.answers(("echo", sign), lambda heard: heard["told"].strip() == sign, ANSWER_LIMIT_S)

    def run(self, *command: str) -> tuple[int, str]:
        """Run a command inside, as root; its status and what it told."""
        self._agent.send(command)
        heard = self._agent.hear()
        return heard["status"], heard["told"]

    def told(self, *command: str) -> str:
        """Return what a command inside tells; it must end well."""
        status, told = self.run(*command)
        assert status == 0, f"{command}: {told[-3000:]}"
        return told

    def property(self, unit: str, name: str) -> str:
        """Return a property of a unit."""
        return self.told("systemctl", "show", "-P", name, unit).strip()


def sample(image: Image.Image, boxes: Sequence[tuple[float, float]]) -> list[tuple[int, int, int]]:
    """Return the colours at some places, in shares of width and height."""
    return [image.getpixel((int(x * image.width), int(y * image.height))) for x, y in boxes]


def wipe(folder: Path) -> None:
    """Forget what a machine has written."""
    shutil.rmtree(folder, ignore_errors=True)
