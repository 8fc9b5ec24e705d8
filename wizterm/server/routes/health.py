"""For those who run the server: whether it lives, whether it can work, and its figures."""

from __future__ import annotations

from litestar import MediaType, Response, get

from wizterm.protocol.problem import Code, problem
from wizterm.server import metrics
from wizterm.server.readiness import Check
from wizterm.server.routes.asking import AnyRequest

FORWARDED = ("x-forwarded-for", "forwarded")


@get("/healthz", media_type=MediaType.TEXT, sync_to_thread=False, include_in_schema=False)
def healthz() -> str:
    """Answer while the process does: whoever does not is started again."""
    return "ok"


@get("/readyz", sync_to_thread=True, include_in_schema=False)
def readyz(request: AnyRequest) -> Response[tuple[Check, ...]]:
    """Whether calls may be sent here: the store answers, its layout is ours, the disk has room."""
    _only_from_inside(request)
    checks = request.app.state.company.readiness.checks()
    return Response(checks, status_code=200 if all(check.good for check in checks) else 503)


@get("/metrics", sync_to_thread=True, include_in_schema=False)
def figures(request: AnyRequest) -> Response[bytes]:
    """For Prometheus."""
    _only_from_inside(request)
    return Response(request.app.state.company.metrics.text(), headers={"Content-Type": metrics.CONTENT_TYPE})


def _only_from_inside(request: AnyRequest) -> None:
    """What came through the web server in front is from elsewhere, and none of its business."""
    if any(name in request.headers for name in FORWARDED):
        raise problem(404, Code.NOT_FOUND, "Not found", "There is nothing here.")
