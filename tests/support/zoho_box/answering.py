"""What the stand-in answers to one call that was let in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from tests.support.zoho_box.company import ORGANIZATION, Company, NoError, Row, numbers
from tests.support.zoho_box.fields import FORMS, PATHS, complaint

FILTERS = {
    "salesorders": ("reference_number", "salesorder_number"),
    "estimates": ("reference_number", "estimate_number"),
    "contacts": ("contact_name",),
}
"""Those that are heeded. Others are passed over in silence, as Zoho does."""
OF_LISTED_CONTACT = (
    *("contact_id", "contact_name", "contact_type", "status", "currency_code", "first_name", "last_name", "email"),
    *("phone", "last_modified_time", "outstanding_receivable_amount", "payment_terms_label"),
)


@dataclass
class Answering:
    company: Company
    node: str = "salesorder"
    """What a single sales order is called; the descriptions say otherwise than the answers that were seen."""
    deaf: bool = False
    """No filter is heeded."""
    behind: int = 0
    """So many lists lack what was made last, of papers and of contacts by words."""
    strange: list[str] = field(default_factory=list)
    """What no description lets a request say: a test fails by it."""

    def answer(self, verb: str, path: str, query: dict[str, str], body: Any) -> tuple[int, Row]:
        try:
            with self.company.lock:
                self._check_path(verb, path)
                status, said = self._done(verb, path.split("/"), query, body)
        except NoError as no:
            return no.status, {"code": no.code, "message": str(no)}
        return status, {"code": 0, "message": "success"} | said

    def _check_path(self, verb: str, path: str) -> None:
        asked = f"{verb} /{re.sub(r'/[0-9]+(?=/|$)', '/{}', path)}"
        if not any(asked in paths for paths in PATHS[self.company.product].values()):
            self.strange.append(asked)
            raise NoError(5, "Invalid URL Passed", 404)

    def _done(self, verb: str, parts: list[str], query: dict[str, str], body: Any) -> tuple[int, Row]:
        if verb == "GET":
            return 200, self._shown(parts, query)
        if verb == "DELETE":
            self.company.delete(*parts)
            return 200, {}
        return self._posted(parts, query, body)

    def _shown(self, parts: list[str], query: dict[str, str]) -> Row:
        match parts:
            case ["organizations"]:
                return {"organizations": [_organization()]}
            case ["locations"]:
                return {"locations": [{"location_id": "1", "location_name": name} for name in ("Main", "Shop")]}
            case [kind]:
                return self._list(kind, query)
            case [kind, id_]:
                return {self._node(kind): self.company.of(kind, id_)}
        return {"addresses": self.company.places[self.company.of("contacts", parts[1])["contact_id"]]}

    def _posted(self, parts: list[str], query: dict[str, str], body: Any) -> tuple[int, Row]:
        match parts:
            case ["contacts"]:
                self._check("contacts", body)
                return 201, {"contact": self.company.add_contact(body)}
            case ["contacts", id_, "address"]:
                self._check("address", body)
                return 200, {"address_info": self.company.add_place(id_, body)}
            case [kind, id_, "status", wanted]:
                self.company.set_status(kind, id_, wanted)
                return (201 if self.company.product == "books" else 200), {}
        return 201, {self._node(parts[0]): self._paper(parts[0], query, body)}

    def _paper(self, kind: str, query: dict[str, str], body: Any) -> Row:
        self._check(kind, body)
        if query.get("ignore_auto_number_generation") != "true":
            self.strange.append("a number of ours without ignore_auto_number_generation")
        return self.company.add_paper(kind, body)

    def _check(self, kind: str, body: Any) -> None:
        if words := complaint(FORMS[self.company.product, kind], body):
            self.strange.append(words)
            raise NoError(1038 if body is None else 15, words)

    def _list(self, kind: str, query: dict[str, str]) -> Row:
        found = {"items": self.company.items, "contacts": self.company.contacts, "pricebooks": self.company.pricebooks}
        rows = list((found | self.company.papers)[kind])
        if self.behind and (kind in self.company.papers or {"search_text", "contact_name"} & query.keys()):
            self.behind -= 1
            rows = rows[:-1]
        heeded = () if self.deaf else FILTERS.get(kind, ())
        rows = [row for row in rows if all(row.get(name) == query[name] for name in heeded if name in query)]
        if kind == "contacts" and "search_text" in query and not self.deaf:
            rows = [row for row in rows if query["search_text"] in row["contact_name"] + row.get("notes", "")]
        if kind in {"items", "contacts"} and query.get("filter_by") != "Status.All":
            rows = [row for row in rows if row["status"] == "active"]
        page, most = int(query.get("page", 1)), min(int(query.get("per_page", 200)), 200)
        shown = [self._listed(kind, row) for row in rows[(page - 1) * most : page * most]]
        return {kind: shown, "page_context": {"page": page, "has_more_page": len(rows) > page * most}}

    def _listed(self, kind: str, row: Row) -> Row:
        """A list says less than the record itself."""
        if kind == "contacts":
            return {name: row[name] for name in OF_LISTED_CONTACT if name in row}
        if kind in self.company.papers:
            number, id_ = numbers(kind)
            return {name: row[name] for name in (id_, number, "reference_number", "status", "total", "customer_id")}
        return row

    def _node(self, kind: str) -> str:
        return self.node if kind == "salesorders" else kind[:-1]


def _organization() -> Row:
    return {"organization_id": ORGANIZATION, "name": "Testers & Co", "currency_code": "GBP", "price_precision": 2}
