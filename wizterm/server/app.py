"""The server as an ASGI application."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

from litestar import Litestar
from litestar.config.compression import CompressionConfig
from litestar.datastructures import State
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin, YamlRenderPlugin

from wizterm import __version__
from wizterm.protocol.decoding import decoder
from wizterm.protocol.documents import Batch
from wizterm.protocol.handover import HandOver
from wizterm.protocol.session import Refresh, SignIn
from wizterm.server.company import Company
from wizterm.server.problems import HANDLERS
from wizterm.server.routes import carts, catalogue, documents, health, session, stock
from wizterm.server.routes.asking import AS_IT_IS

MOST_BODY = 1024 * 1024
LEAST_PACKED = 1024
PACKING = 4
"""Most of the gain: rows shrink to a fifth; level 9 takes twenty times as long for a tenth less."""
HANDLERS_AT_ONCE = 16
"""Threads for handlers; a writer waits for another without holding up readers."""


def app(company: Company) -> Litestar:
    for body in (Batch, HandOver, Refresh, SignIn):
        decoder(body)  # Litestar decodes them by itself, in as many threads as there are calls
    return Litestar(
        route_handlers=[
            health.healthz,
            health.readyz,
            health.figures,
            session.ping,
            session.sign_in,
            session.refresh,
            session.sign_out,
            documents.post_documents,
            documents.document_changes,
            catalogue.manifest,
            catalogue.file,
            catalogue.changes,
            catalogue.picture,
            stock.live_stock,
            carts.carts,
            carts.hand_over,
            carts.take_cart,
        ],
        state=State({"company": company}),
        exception_handlers=HANDLERS,
        on_startup=[_widen],
        request_max_body_size=MOST_BODY,
        compression_config=CompressionConfig(
            "gzip", minimum_size=LEAST_PACKED, gzip_compress_level=PACKING, exclude_opt_key=AS_IT_IS
        ),
        logging_config=None,
        openapi_config=OpenAPIConfig(
            title="WizTerm sync", version=__version__, render_plugins=[JsonRenderPlugin(), YamlRenderPlugin()]
        ),
    )


async def _widen() -> None:
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(HANDLERS_AT_ONCE, "handler"))
