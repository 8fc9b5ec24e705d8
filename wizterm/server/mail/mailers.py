"""The dispatchers that hand mails over: one for each target, all of them through one gate."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from wizterm.domain.clock import Clock
from wizterm.domain.ids import NewId
from wizterm.server.dispatch.dispatcher import Dispatcher
from wizterm.server.mail.following import Mailed
from wizterm.server.store.store import Store

if TYPE_CHECKING:  # what makes PDFs and speaks SMTP is loaded where a company mails
    from wizterm.server.mail.setup import Post


def mailers(
    store: Store, post: Post | None, *, clock: Clock, new_id: NewId, chance: Callable[[], float]
) -> tuple[Dispatcher, ...]:
    """None where the company sends no mails."""
    if post is None:
        return ()
    return tuple(
        Dispatcher(
            store,
            post.to(target, store, clock),
            clock=clock,
            new_id=new_id,
            chance=chance,
            limits=post.limits,
            target=target,
            following=Mailed(new_id),
        )
        for target in post.plan.targets
    )
