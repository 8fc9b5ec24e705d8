"""What every errand about a sale has at hand."""

from __future__ import annotations

from dataclasses import dataclass

from wizterm.connectors.base import Outgoing
from wizterm.connectors.zoho.calls import Calls
from wizterm.connectors.zoho.flavours import Flavour
from wizterm.connectors.zoho.goods import Goods
from wizterm.connectors.zoho.ground import Ground


@dataclass(frozen=True, slots=True)
class Errand:
    calls: Calls
    flavour: Flavour
    ground: Ground
    goods: Goods
    document: Outgoing
