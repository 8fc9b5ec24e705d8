"""What can be set in wizterm.toml or by environment. Command line beats environment beats file beats default."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_type_hints

import msgspec

from wizterm.domain.barcodes import layouts, measures
from wizterm.domain.barcodes.reading import ScanSettings
from wizterm.domain.paper_rules import PaperRules
from wizterm.domain.policy import (
    PAYMENT_METHODS,
    QUOTE_DAYS,
    OrderPolicy,
    PolicyError,
    required_details,
    words,
)
from wizterm.domain.scan_rules import Rounding, ScanRules

ENVIRONMENT_PREFIX = "WIZTERM_"


KINDS = {"int": "a whole number", "float": "a number", "bool": "true or false", "array": "a list"}
"""What msgspec expects, in words."""
OF_TWO_WORDS = ("business_central",)
"""Connectors whose variables the first underscore does not tell apart; nor those that the file has a section for."""


class ConfigError(Exception):
    """The configuration cannot be used; the message names the file or variable and what to write instead."""


class Device(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    server: str = ""
    """Address of the sync server, such as https://orders.company.example; empty asks at sign-in."""
    folder: str = ""
    """Where this machine keeps its orders; empty means the system's place for a person's data."""
    theme: str = "wizterm"
    """Name of a Textual theme; the program's own suits dark terminals."""
    incremental_minutes: Annotated[int, msgspec.Meta(ge=1, le=1440)] = 5
    """Minutes between looks for fresh prices and stock while online."""
    pictures_megabytes: Annotated[int, msgspec.Meta(ge=0, le=1_000_000)] = 500
    """How much room Media Sync may take; the pictures of best sellers come first."""
    required_details: str = ""
    """What no order may lack, with commas between: payment_method, delivery, deliver_from, contact, po_number,
    signature."""
    payment_methods: str = ", ".join(PAYMENT_METHODS)
    """What a rep can choose from, with commas between."""
    quote_days: Annotated[int, msgspec.Meta(ge=1, le=1000)] = QUOTE_DAYS
    """How long a quote holds where the rep says nothing else."""

    @property
    def policy(self) -> OrderPolicy:
        """Raises `PolicyError`."""
        return OrderPolicy(required_details(self.required_details), words(self.payment_methods), self.quote_days)


class Server(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    folder: str = ""
    """Where the store, catalogue files and pictures are kept; empty means the system's place for a person's data."""
    store: str = ""
    """The store: empty means a SQLite file in the folder; postgresql://user:password@host/database a PostgreSQL
    database, for several processes or machines. Best set by WIZTERM_SERVER_STORE, as it may hold a password."""
    host: str = "127.0.0.1"
    """Address to listen on; 0.0.0.0 means every network of the machine."""
    port: Annotated[int, msgspec.Meta(ge=0, le=65535)] = 8460
    """Port to listen on; 0 takes a free one."""
    company: str = ""
    """The company's name, as reps and the office see it; empty means the one that `serve` was told last."""
    connector: str = "files"
    """Which ERP connector takes the orders: the name of an installed one."""
    files_folder: str = ""
    """Where the files connector writes; empty means `erp/` in the server's folder."""
    erp_at_once: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 4
    """How many documents may be with the ERP at a time, whatever the number of workers."""
    erp_a_minute: Annotated[int, msgspec.Meta(ge=0, le=1_000_000)] = 0
    """How many documents may be begun in a minute, by all workers together; 0 for as many as come."""
    log_format: Literal["json", "text"] = "json"
    """How the log on standard error is written: a JSON object a line for programs, or text for people."""
    office_idle_minutes: Annotated[int, msgspec.Meta(ge=0, le=1440)] = 15
    """Minutes without a key or a click after which the office's screen asks for the password again; 0 for never. A
    screen that never asked for one stays open."""
    accept_codes: bool = False
    """Whether a barcode that a rep found on a product goes into every device's catalogue without asking the office,
    where it is no other product's."""
    pull_minutes: Annotated[int, msgspec.Meta(ge=0, le=10_080)] = 15
    """Minutes between looks for new items, prices, stock and customers in the ERP; 0 for never."""


class Scanner(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    prefix: str = "f9"
    """The key the scanner is set to send before each code; empty for none."""
    suffixes: str = "enter, tab, eot"
    """What may end a code: enter, tab, eot or none (a short pause)."""
    timing: Literal["auto", "always", "never"] = "auto"
    """Whether codes without the prefix are told by their speed: until the first one with it, always, or never."""
    patterns: str = ""
    """What the company's own codes without a check digit look like: regular expressions with blanks between them."""
    separators: str = ""
    """Keys that the scanner sends for the group separator, such as f12."""
    scan_mode: bool = False
    """Whether a new order opens in scan mode."""
    bell: Literal["all", "problems", "off"] = "problems"
    """Which scans ring the terminal's bell."""
    look_up: bool = False
    """Whether scans open the product's page instead of counting from the start, as at a shelf or a counter."""
    repeat_ms: Annotated[int, msgspec.Meta(ge=0, le=2000)] = 0
    """Milliseconds within which the same code again is not counted; some 500 suit a hands-free scanner."""
    rounding: Literal["up", "exact", "ask"] = "up"
    """What becomes of a scanned count that cannot be ordered: it goes up to the next quantity that the product allows,
    stays as it was scanned, or a person is asked."""
    rcn_region: str = ""
    """Country whose in-store numbers carry weight or price: dk, ee, fi, de, gb, lv, lt, no, se or us."""
    rule: str = ""
    """The store's own in-store numbers, such as 22......{NNDD}. or 622IIIIIWWWWC; several with commas between."""
    upce_short: bool = False
    """Whether the scanner sends UPC-E as 6, 7 or 8 digits, so that such a number is no short article code."""
    fnc1_substitute: str = ""
    """What the scanner types for the group separator, such as | or #."""
    layout_repair: str = ""
    """The machine's keyboard layout where the scanner types as on a US one, such as fr or de; the calibration of the
    settings screen needs no name."""
    input: str = ""
    """A scanner read past the terminal (Linux), such as /dev/input/by-id/usb-…-event-kbd."""

    @property
    def rules(self) -> ScanRules:
        """Raises `RuleError` or `LayoutError`."""
        reading = ScanSettings(
            rcn_region=self.rcn_region,
            upce_short=self.upce_short,
            fnc1_substitute=self.fnc1_substitute,
            layout_repair=self.layout_repair,
            rule=self.rule,
        )
        measures.rules(reading)
        layouts.repairs("", reading.layout_repair)
        return ScanRules(Rounding(self.rounding), reading)


class Paper(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    size: Literal["a4", "letter"] = "a4"
    """Of the paper that orders and quotes are printed on."""
    terms: str = ""
    """What stands at the end of every order and quote."""
    font: str = ""
    """File of a .ttf font for the signs that a PDF's own faces lack; empty looks for one of the system's."""
    folder: str = ""
    """Where PDFs and exported lists are written unless another place is typed; empty for your documents."""

    @property
    def rules(self) -> PaperRules:
        return PaperRules(self.size, self.terms, self.font, self.folder)


class Mail(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    host: str = ""
    """The mail server that takes the company's mails, such as smtp.company.example; empty for no mails."""
    port: Annotated[int, msgspec.Meta(ge=0, le=65535)] = 0
    """Its port; 0 for the usual one: 587 with starttls, 465 with tls, 25 with none."""
    security: Literal["starttls", "tls", "none"] = "starttls"
    """How the line is made safe; none suits a mail server on this machine alone."""
    ca_file: str = ""
    """File with the certificates to trust, where the mail server's is not from one that the system trusts."""
    user: str = ""
    """Name to sign in with; empty for a mail server that asks for none."""
    password: str = ""
    """Best set by WIZTERM_MAIL_PASSWORD."""
    password_file: str = ""
    """File whose first line is the password."""
    sender: str = ""
    """Whom mails come from, such as Lantern & Co <orders@lantern.example>."""
    reply_to: str = ""
    """Where answers go if the rep has no address; empty for the sender."""
    bcc: str = ""
    """Who gets a hidden copy of each mail to a customer."""
    customer: Literal["confirmed", "received", "never"] = "confirmed"
    """When the customer is told of an order or quote: when the ERP has confirmed it (at once, if none takes that
    kind), when the server has received it, or never."""
    rep: Literal["confirmed", "received", "never"] = "received"
    """When its rep is told."""
    office: Literal["confirmed", "received", "never"] = "received"
    """When the office is told."""
    office_addresses: str = ""
    """The office's addresses, with commas between; empty for no mails to the office."""
    attach: bool = True
    """Whether the order's PDF goes with each mail."""
    attach_megabytes: Annotated[int, msgspec.Meta(ge=1, le=100)] = 10
    """A PDF that is larger stays behind, and the mail says so."""
    a_minute: Annotated[int, msgspec.Meta(ge=0, le=1_000_000)] = 0
    """How many mails may be begun in a minute, by all workers together; 0 for as many as come."""
    folder: str = ""
    """Folder where mails are written as .eml files in place of being sent, for trials; goes before the host."""


class Pictures(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    protocol: Literal["half-cells", "sixel", "kitty"] = "half-cells"
    """How products' pictures are drawn: coloured half cells work everywhere; kitty and sixel (which needs the extra
    `pictures`) only where the terminal has them, and it is not asked."""


class Config(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    device: Device = Device()
    server: Server = Server()
    scanner: Scanner = Scanner()
    paper: Paper = Paper()
    mail: Mail = Mail()
    pictures: Pictures = Pictures()
    keys: dict[str, str] = {}
    """Keys by command id, such as order.create = "f12"."""
    erp: dict[str, dict[str, str]] = {}
    """What a connector is set up with, in a section with its name."""


SECTIONS: Mapping[str, type[msgspec.Struct]] = {
    "device": Device,
    "server": Server,
    "scanner": Scanner,
    "paper": Paper,
    "mail": Mail,
    "pictures": Pictures,
}


def load(path: Path, environment: Mapping[str, str]) -> Config:
    """The settings of a file (which need not exist) and of variables such as WIZTERM_DEVICE_THEME."""
    values = _read(path)
    for name, text in environment.items():
        section, _, key = name.removeprefix(ENVIRONMENT_PREFIX).lower().partition("_")
        if not name.startswith(ENVIRONMENT_PREFIX):
            continue
        if section == "erp" and key:
            values = {**values, section: _with_erp(values.get(section, {}), key, text)}
        elif section in SECTIONS:
            values = {**values, section: {**values.get(section, {}), key: text}}
            _check(values, name)
    return _check(values, str(path))


def _with_erp(connectors: dict[str, Any], key: str, text: str) -> dict[str, Any]:
    """WIZTERM_ERP_TRYTON_USER stands for user in [erp.tryton]; what may stand there its connector knows."""
    name = next((each for each in (*connectors, *OF_TWO_WORDS) if key.startswith(f"{each}_")), key.partition("_")[0])
    setting = key.removeprefix(name).removeprefix("_")
    return {**connectors, name: {**connectors.get(name, {}), setting: text}}


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is no TOML file: {error}. Mend that line, or move the file away.") from error
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}. Give yourself the right to read it.") from error


def _check(values: dict[str, Any], origin: str) -> Config:
    _refuse_unknown(values, Config, origin, "")
    for section, type_ in SECTIONS.items():
        if isinstance(values.get(section), dict):
            _refuse_unknown(values[section], type_, origin, f"{section}.")
    try:
        config = msgspec.convert(values, Config, strict=False)
        required_details(config.device.required_details)
        _ = config.scanner.rules
    except msgspec.ValidationError as error:
        raise ConfigError(
            f"{origin}: {_words(error, values)}. Mend the value, or take it out for the default."
        ) from error
    except PolicyError as error:
        raise ConfigError(f"{origin}: device.required_details: {error}") from error
    except (measures.RuleError, layouts.LayoutError) as error:
        raise ConfigError(f"{origin}: scanner: {error}") from error
    return config


def _words(error: msgspec.ValidationError, values: dict[str, Any]) -> str:
    """Expected `int`, got `str` - at `$.device.x` as: device.x: expected a whole number, got 'soon'."""
    said, _, place = str(error).replace("`", "").partition(" - at $.")
    section, _, key = place.partition(".")
    if section not in SECTIONS or key not in SECTIONS[section].__struct_fields__:
        return f"{place}: {said[:1].lower()}{said[1:]}" if place else said
    choices = get_args(get_type_hints(SECTIONS[section])[key])
    kind, _, bounds = said.partition(", got ")[0].removeprefix("Expected ").partition(" ")
    expected = " or ".join(choices) if said.startswith("Invalid enum") else f"{KINDS.get(kind, kind)} {bounds}".rstrip()
    given = values[section][key]
    return f"{place}: expected {expected}, got {given!r}" if kind != "str" else f"{place}: expected text in quotes"


def _refuse_unknown(values: Mapping[str, Any], type_: type[msgspec.Struct], origin: str, path: str) -> None:
    known = type_.__struct_fields__
    for key in values:
        if key not in known:
            nearest = difflib.get_close_matches(key, known, n=1)
            hint = f"did you mean {path}{nearest[0]}?" if nearest else f"expected one of {', '.join(known)}."
            raise ConfigError(f"{origin}: unknown key {path}{key}; {hint}")
