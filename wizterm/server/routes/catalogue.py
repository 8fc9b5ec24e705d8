"""The catalogue down: the manifest, its file, the changes, and pictures."""

from __future__ import annotations

from litestar import Response, get
from litestar.params import FromPath, FromQuery
from litestar.response import Stream

from wizterm.protocol import catalogue, media
from wizterm.protocol.catalogue import MOST_ROWS, CatalogueChanges, Manifest
from wizterm.server.routes.asking import AS_IT_IS, AnyRequest, problems, protocol, token
from wizterm.server.routes.ranges import ranged

FOR_EVER = "private, max-age=31536000, immutable"


@get(catalogue.MANIFEST_PATH, sync_to_thread=True, responses=problems())
def manifest(request: AnyRequest, schema: FromQuery[int]) -> Manifest:
    """The catalogue file a device begins with."""
    return protocol(request).manifest(token(request), schema)


@get(f"{catalogue.FILES_PATH}/{{sha256:str}}", sync_to_thread=True, responses=problems(404, 416), opt={AS_IT_IS: True})
def file(request: AnyRequest, sha256: FromPath[str]) -> Stream:
    """A catalogue file, or the range of it that is asked for."""
    path = protocol(request).file_path(token(request), sha256)
    return ranged(path, sha256, request.headers)


@get(catalogue.CHANGES_PATH, sync_to_thread=True, responses=problems(410))
def changes(request: AnyRequest, cursor: FromQuery[str], limit: FromQuery[int] = MOST_ROWS) -> CatalogueChanges:
    """What changed since the cursor, a page at a time."""
    return protocol(request).catalogue_changes(token(request), cursor, limit)


@get(f"{media.PATH}/{{sha256:str}}", sync_to_thread=True, responses=problems(404), opt={AS_IT_IS: True})
def picture(request: AnyRequest, sha256: FromPath[str]) -> Response[bytes]:
    """A picture, named by its content."""
    content = protocol(request).media(token(request), sha256)
    return Response(content, media_type="application/octet-stream", headers={"Cache-Control": FOR_EVER})
