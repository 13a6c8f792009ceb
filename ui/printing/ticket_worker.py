"""The process that talks ESC/POS: ``python -m ui.printing.ticket_worker DEVICE`` with a PNG on standard input."""

import sys
from io import BytesIO


def main() -> int:
    """Print the picture and cut; 0 when the device took every byte."""
    from escpos.printer import Dummy  # noqa: PLC0415  (heavy, and only wanted here)
    from PIL import Image  # noqa: PLC0415

    device = sys.argv[1]
    picture = Image.open(BytesIO(sys.stdin.buffer.read()))
    job = Dummy()
    job.image(picture, impl="bitImageRaster", fragment_height=512)
    job.cut()
    try:
        with open(device, "wb", buffering=0) as port:  # noqa: PTH123  (a character device, written unbuffered)
            rest = memoryview(job.output)
            while rest:
                rest = rest[port.write(rest) or 0 :]
    except OSError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
