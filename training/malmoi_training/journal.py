"""What a run says of itself: one JSON line a report in `work/STAGE.log.jsonl`, and the same on the terminal."""

from __future__ import annotations

import json
import time
from pathlib import Path


class Journal:
    def __init__(self, file: Path) -> None:
        self.file = file
        self.began = time.monotonic()

    def say(self, **values: float | int | str) -> None:
        row = {"minutes": round((time.monotonic() - self.began) / 60, 1)} | {
            name: round(value, 5) if isinstance(value, float) else value for name, value in values.items()
        }
        line = json.dumps(row, ensure_ascii=False)
        with self.file.open("a", encoding="utf8") as out:
            out.write(f"{line}\n")
        print(line, flush=True)
