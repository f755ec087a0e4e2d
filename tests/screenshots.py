"""Pictures of a digest for docs/images: `python -m tests.screenshots MAIL.html FOLDER NAME`, with Chromium.

As wide as a desk and as a phone. The phone is a frame of 390 px: no window of Chromium is that narrow.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

WIDTHS = {"desktop": 1280, "phone": 390}
HEIGHT = 1100


def main(mail: Path, folder: Path, name: str) -> None:
    """One PNG for each width."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        raise SystemExit("no Chromium here")
    with tempfile.TemporaryDirectory() as profile:
        for kind, width in WIDTHS.items():
            frame = Path(profile) / f"{kind}.html"
            style = f"border:0;width:{width}px;height:{HEIGHT}px"
            frame.write_text(
                f'<body style="margin:0;background:#f3f5f7;text-align:center"><iframe src="{mail.resolve().as_uri()}" style="{style}">'
            )
            command = [
                browser,
                "--headless",
                "--no-sandbox",
                "--hide-scrollbars",
                "--disable-gpu",
                f"--user-data-dir={profile}/{kind}",
                f"--window-size={max(width, 500)},{HEIGHT}",
                f"--screenshot={folder.resolve() / f'{name}-{kind}.png'}",
                frame.as_uri(),
            ]
            subprocess.run(command, check=True, capture_output=True, timeout=60)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
