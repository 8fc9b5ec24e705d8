"""A mail as HTML that mail programs bear: tables, styles in place, no picture, nothing that is fetched.

Colours are the reader's own but for greys, which a dark mailbox has lighter.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from wizterm.server.mail.wording import LineSaid, Said

FACE = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:15px;line-height:1.45"
QUIET = "color:#757575"
RULE = "border-bottom:1px solid #b4b4b4"
NUMBER = "text-align:right;white-space:nowrap;vertical-align:top"
DARK = ":root{color-scheme:light dark}@media(prefers-color-scheme:dark){.quiet{color:#a3a3a3!important}}"
BROKEN = "overflow-wrap:anywhere;word-break:break-word"
"""A name of one endless word must not widen the page."""


def as_html(said: Said) -> str:
    head = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">'
        f"<style>{DARK}</style><title>{escape(said.title)}</title></head>"
    )
    inside = "\n".join(_parts(said))
    return (
        f'{head}\n<body style="margin:0;padding:0">\n<table role="presentation" width="100%" cellpadding="0" '
        f'cellspacing="0" style="{FACE}"><tr><td align="center" style="padding:16px">\n'
        '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" '
        f'style="max-width:640px;text-align:left;table-layout:fixed;{FACE}"><tr><td style="{BROKEN}">\n{inside}\n'
        "</td></tr></table>\n</td></tr></table>\n</body></html>\n"
    )


def _parts(said: Said) -> Iterator[str]:
    yield f'<p class="quiet" style="margin:0 0 4px;{QUIET}">{escape(said.company)}</p>'
    yield f'<h1 style="margin:0 0 12px;font-size:21px;line-height:1.25">{escape(said.title)}</h1>'
    yield f'<p style="margin:0 0 16px">{escape(said.opening)}</p>'
    yield _table(f"{_facts(said)}", "margin:0 0 16px")
    yield _table("".join(map(_line, said.lines)), "")
    if said.more_lines:
        yield f'<p class="quiet" style="margin:8px 0;{QUIET}">{escape(said.more_lines)}</p>'
    yield _table("".join(_sums(said)), "margin:8px 0 16px")
    if said.note:
        rows = "<br>".join(escape(row) for row in said.note.splitlines())
        yield f'<p style="margin:0 0 16px"><span class="quiet" style="{QUIET}">Note</span><br>{rows}</p>'
    if said.attached:
        yield f'<p style="margin:0 0 16px">{escape(said.attached)}</p>'
    yield f'<p style="margin:0;padding-top:12px;border-top:1px solid #b4b4b4">{_contact(said)}</p>'


def _table(rows: str, style: str) -> str:
    return (
        '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" '
        f'style="border-collapse:collapse;{FACE};{style}">{rows}</table>'
    )


def _facts(said: Said) -> str:
    cell = '<td class="quiet" style="padding:2px 12px 2px 0;vertical-align:top;white-space:nowrap;width:1%;{}">{}</td>'
    return "".join(
        f'<tr>{cell.format(QUIET, escape(title))}<td style="padding:2px 0;{BROKEN}">{escape(fact)}</td></tr>'
        for title, fact in said.facts
    )


def _line(line: LineSaid) -> str:
    quiet = " · ".join(part for part in (line.sku, f"{line.quantity} × {line.price}", line.beneath) if part)
    return (
        f'<tr><td style="padding:8px 12px 8px 0;{RULE};{BROKEN}">{escape(line.name)}<br>'
        f'<span class="quiet" style="font-size:13px;{QUIET}">{escape(quiet)}</span></td>'
        f'<td style="padding:8px 0;width:1%;{RULE};{NUMBER}">{escape(line.amount)}</td></tr>'
    )


def _sums(said: Said) -> Iterator[str]:
    row = '<tr><td style="padding:2px 12px 2px 0;{0}{2}">{3}</td><td style="padding:2px 0;{1};{2}">{4}</td></tr>'
    for words, amount in said.sums:
        yield row.format("", NUMBER, "", escape(words), escape(amount))
    large = "font-weight:bold;font-size:18px"
    yield row.format("", NUMBER, large, *map(escape, said.total))


def _contact(said: Said) -> str:
    if not said.contact:
        return escape(said.company)
    shown = f"Your contact: {escape(said.contact)}"
    if said.contact_address:
        address = escape(said.contact_address)
        shown += f' · <a href="mailto:{address}" style="color:inherit">{address}</a>'
    return shown
