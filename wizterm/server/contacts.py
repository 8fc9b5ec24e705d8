"""Telling a device from a copy of its files, by a token that is another one after every contact.

Each answer carries a token; whoever shows an older one than the last two works on a copy, or on files that were set
back. Then both sides of the split get installation codes of their own, so that no two documents bear one number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from wizterm.domain.ids import NewId
from wizterm.server.auth import Caller
from wizterm.server.devices import new_code
from wizterm.server.store.engine import held
from wizterm.server.store.people import Chain, MoreCode
from wizterm.server.store.prepared import prepared


@dataclass(frozen=True, slots=True)
class Contact:
    token: str
    """To be stored before anything is done with the answer, and shown with the next call."""
    installation: str
    """The code that documents made from now on bear."""


_STRANGE = "?"
"""Stands for what this server never wrote, and some databases cannot even look for."""


def meet(caller: Caller, shown: str, new_id: NewId) -> Contact:
    """The contact after the one that was shown; an empty one is a device's first. Needs a writing transaction."""
    if not shown.isprintable():
        shown = _STRANGE
    chain = _chain(caller, shown)
    if chain is None:
        first = not Chain.select().where(Chain.device == caller.device).exists()
        return _begin(caller, new_id, caller.installation if first else _allot(caller))
    if shown not in {chain.newest, chain.before} and _place(shown) <= chain.contacts:
        Chain.update(code=_allot(caller)).where(Chain.id == chain.id).execute()
        return _begin(caller, new_id, _allot(caller))
    token = _token(chain.id, max(chain.contacts, _place(shown)) + 1, new_id)
    _went_on.change(chain.id, token, shown, _place(token))
    return Contact(token, chain.code)


class _Met(NamedTuple):
    id: str
    code: str
    newest: str
    before: str
    contacts: int


def _chain(caller: Caller, shown: str) -> _Met | None:
    """The one this token belongs to; a device's first goes on from an empty token too, until it is shown another."""
    found = _held_chain(shown.partition(".")[0] or caller.device, caller.device)
    return _Met(*found[0]) if found else None


@prepared
def _held_chain(chain: Any, device: Any) -> Any:
    shown = Chain.select(Chain.id, Chain.code, Chain.newest, Chain.before, Chain.count)
    return held(shown.where((Chain.id == chain) & (Chain.device == device)))


@prepared
def _went_on(chain: Any, newest: Any, before: Any, count: Any) -> Any:
    return Chain.update(newest=newest, before=before, count=count).where(Chain.id == chain)


def _begin(caller: Caller, new_id: NewId, code: str) -> Contact:
    first = not Chain.select().where(Chain.id == caller.device).exists()
    chain_id = caller.device if first else new_id()
    token = _token(chain_id, 1, new_id)
    Chain.create(id=chain_id, device=caller.device, code=code, newest=token, before="", count=1)
    return Contact(token, code)


def _allot(caller: Caller) -> str:
    code = new_code()
    MoreCode.create(code=code, device=caller.device)
    return code


def _token(chain_id: str, place: int, new_id: NewId) -> str:
    return f"{chain_id}.{place}.{new_id()}"


def _place(token: str) -> int:
    """How many contacts its chain had; 0 for an empty one and for what this server did not write."""
    _, _, rest = token.partition(".")
    number = rest.partition(".")[0]
    return int(number) if number.isdecimal() and len(number) < 12 else 0
