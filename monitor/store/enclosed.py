"""Files that go with a piece, as JSON in its row: each recipient gets a few, and they die with the piece."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from typing import TypedDict

from monitor.model import File
from monitor.store.encode import dump


class FileJson(TypedDict):
    """A file as stored; `content` is Base64."""

    name: str
    kind: str
    content: str


def files_json(files: tuple[File, ...]) -> str:
    """Files as stored."""
    return dump([_file_json(each) for each in files])


def read_files(text: str) -> tuple[File, ...]:
    """What `files_json` gave."""
    found: list[FileJson] = json.loads(text)
    return tuple(
        File(name=each["name"], kind=each["kind"], content=b64decode(each["content"])) for each in found
    )


def _file_json(file: File) -> FileJson:
    return FileJson(name=file.name, kind=file.kind, content=b64encode(file.content).decode())
