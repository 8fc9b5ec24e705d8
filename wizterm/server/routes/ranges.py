"""Parts of a file over HTTP: a download that was cut goes on where it stopped."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import anyio
from litestar.response import Stream

from wizterm.protocol.problem import Code, problem

PIECE = 256 * 1024
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


def ranged(path: Path, tag: str, headers: Mapping[str, str]) -> Stream:
    """The file, or the one range asked for, as long as it is still the file the caller has begun."""
    size, etag = path.stat().st_size, f'"{tag}"'
    wanted = headers.get("range", "") if headers.get("if-range", etag) == etag else ""
    part = _part(wanted, size)
    start, end = part if part is not None else (0, size)
    more = {"Content-Range": f"bytes {start}-{end - 1}/{size}"} if part is not None else {}
    return Stream(
        _pieces(path, start, end),
        status_code=206 if part is not None else 200,
        media_type="application/zstd",
        headers={
            "ETag": etag,
            "Accept-Ranges": "bytes",
            "Content-Length": str(end - start),
            "Cache-Control": "private, max-age=172800, immutable",
            **more,
        },
    )


def _part(wanted: str, size: int) -> tuple[int, int] | None:
    """Start and end of one range; None where the whole file is to be sent, as for several ranges at once."""
    found = _RANGE.fullmatch(wanted.strip())
    if found is None or found.group(1) == found.group(2) == "":
        return None
    first, last = found.groups()
    start = int(first) if first else max(0, size - int(last))
    end = min(size, int(last) + 1) if first and last else size
    if start >= end:
        raise problem(416, Code.BAD_REQUEST, "No such range", f"The file has {size} bytes.")
    return start, end


async def _pieces(path: Path, start: int, end: int) -> AsyncIterator[bytes]:
    async with await anyio.open_file(path, "rb") as source:
        await source.seek(start)
        left = end - start
        while left and (piece := await source.read(min(PIECE, left))):
            left -= len(piece)
            yield piece
