"""Carts that go from one device of a rep to another."""

from __future__ import annotations

from litestar import get, post
from litestar.params import FromPath, JSONBody

from wizterm.protocol import handover
from wizterm.protocol.handover import HandedCarts, HandedOver, HandOver, TakenCart
from wizterm.server.routes.asking import AnyRequest, problems, protocol, token


@get(handover.PATH, sync_to_thread=True, responses=problems())
def carts(request: AnyRequest) -> HandedCarts:
    """The rep's carts that wait for another device, and what became of those from this one."""
    return protocol(request).carts(token(request))


@post(handover.PATH, status_code=200, sync_to_thread=True, responses=problems(404, 413))
def hand_over(request: AnyRequest, data: JSONBody[HandOver]) -> HandedOver:
    """Keep a cart for another device of the rep; said again, it tells where the cart is by now."""
    return protocol(request).hand_over(token(request), data)


@post(f"{handover.PATH}/{{handover_id:str}}/take", status_code=200, sync_to_thread=True, responses=problems(404, 409))
def take_cart(request: AnyRequest, handover_id: FromPath[str]) -> TakenCart:
    """Take a cart for the device that asks: one of them gets it, and gets it again whenever it asks."""
    return protocol(request).take_cart(token(request), handover_id)
