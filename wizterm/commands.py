"""Every command once. Bindings, palette, help, the key table in docs/ and the user's keymap are made from these."""

from __future__ import annotations

import difflib
from dataclasses import dataclass

from wizterm.places import PLACES, UNDERNEATH


@dataclass(frozen=True, slots=True)
class Command:
    id: str
    """place.verb; the user's keymap names it, and `action_<verb>` of the place does it."""
    keys: str
    """Comma-separated Textual key names; the first is shown."""
    title: str
    """What the footer and the palette say."""
    help: str
    """One sentence."""
    show: bool = False
    """Whether it is worth a place in the footer."""

    @property
    def place(self) -> str:
        return self.id.partition(".")[0]

    @property
    def action(self) -> str:
        return self.id.partition(".")[2].replace("-", "_")


HELP = Command("app.help", "f1,ctrl+g", "Help", "What can be done here, and with which key.", show=True)
PALETTE = Command("app.command-palette", "ctrl+p", "All", "Find any command by its name.", show=True)
ORDERS = Command("app.orders", "f7,ctrl+l", "Orders", "Orders and quotes, with what became of them.", show=True)
QUEUE = Command("app.queue", "ctrl+t", "Queue", "What waits to be sent, and what needs attention.")
SETTINGS = Command("app.settings", "ctrl+s", "Settings", "Sync Data, Incremental Sync, Media Sync, Offline Mode.")
SYNC = Command("app.sync", "ctrl+r", "Sync now", "Send what waits and fetch fresh prices and stock.")
SIGN_OUT = Command("app.sign-out", "f11", "Sign out", "Close WizTerm, and ask for the password at the next start.")
QUIT = Command("app.leave", "ctrl+x", "Quit", "Close WizTerm; carts and the queue stay as they are.")

CREATE = Command("order.create", "f10,ctrl+o", "Create order", "Turn the cart into an order or a quote.", show=True)
SCAN = Command("order.scan", "f6", "Scan", "Scan mode: one scan after another, told in large.", show=True)
LOOK_UP = Command("order.look-up", "alt+l", "Look up", "Have scans open the product's page, or count again.")
BIND = Command("order.bind", "alt+b", "Bind code", "Say which product the last unknown code is.")
DETAILS = Command(
    "order.details",
    "f8",
    "Details",
    "Delivery, contact, payment, the customer's own number, note and signature.",
    show=True,
)
CATALOGUE = Command("order.catalogue", "f2", "Catalogue", "Go to the catalogue and search it.", show=True)
CUSTOMER = Command("order.customer", "f3", "Customer", "Choose whom the order is for.", show=True)
CART = Command("order.cart", "f4", "Cart", "Go to the cart's lines.", show=True)
SYNC_PANE = Command("order.sync-pane", "f5", "Sync", "Go to the sync pane.")
BY_PICTURE = Command("order.picture", "alt+i", "By picture", "Find products by a picture of them, from a file.")
NEW_CART = Command("order.new-cart", "ctrl+n", "New cart", "Begin one more cart; this one stays.")
CARTS = Command("order.carts", "c", "Carts", "All open carts, whoever they are for; F4 twice opens them too.")
NEXT_CART = Command("order.next-cart", "ctrl+y", "Next cart", "Go to the next open cart.")
PAY = Command("order.pay", "alt+p", "Take a payment", "Take a payment for the order; online only.")
UNDO = Command(
    "order.undo", "u,ctrl+z", "Undo", "Take the last change to this cart back; it works after a restart too."
)
REDO = Command("order.redo", "U", "Redo", "Do again what was undone last.")

ADD = Command(
    "catalogue.add", "enter", "Add", "Add the product under the cursor; 12* before it adds twelve.", show=True
)
WHY_OFFER = Command(
    "catalogue.why", "ctrl+w", "Why this price", "Where the price of the product under the cursor comes from."
)
CLEAR = Command("catalogue.clear", "escape", "Clear", "Empty the search, then the filters, then go a category up.")
CATEGORIES = Command(
    "catalogue.categories", "left", "Categories", "Browse by category or collection, from the field's beginning."
)
PRODUCT = Command(
    "catalogue.product", "right", "Product", "All about the product under the cursor, from the field's end.", show=True
)
FILTER = Command("catalogue.filter", "ctrl+f", "Filter", "Narrow the list by what products are.", show=True)
SHEET = Command("catalogue.variants", "ctrl+d", "Variants", "All colours and sizes of the product under the cursor.")
LIVE_STOCK = Command("catalogue.live-stock", "alt+s", "Stock now", "Ask the company what is in stock now; online only.")
WISH = Command("catalogue.wish", "alt+w", "Wish", "Put the product under the cursor on the customer's wishlist.")
SORT = Command("catalogue.sort", "ctrl+e", "Sort", "The next order: best sellers, name, price, stock, new.")

QUANTITY = Command("cart.quantity", "enter,q", "Quantity", "Type the line's quantity.", show=True)
MORE = Command(
    "cart.more", "plus,equals_sign,right", "More", "The next quantity up that the product allows.", show=True
)
LESS = Command("cart.less", "minus,left", "Less", "The next quantity down that the product allows.", show=True)
DISCOUNTS = Command(
    "cart.discounts", "d", "Discount", "What may be taken off this line and the cart, and what is.", show=True
)
PERCENT_OFF = Command("cart.percent", "percent_sign", "% off", "Take a percentage off the line.")
AMOUNT_OFF = Command("cart.amount", "a", "Amount off", "Take an amount off the line.")
TYPE_PRICE = Command("cart.price", "p", "Price", "Type another price for the line, where the office lets you.")
CASE = Command("cart.case", "C", "Add a case", "One more case of the product, on a line of its own.")
BELOW = Command("cart.below", "less_than_sign", "Nearest below", "The nearest valid quantity below this one.")
ABOVE = Command("cart.above", "greater_than_sign", "Nearest above", "The nearest valid quantity above this one.")
WHY = Command("cart.why", "w", "Why this price", "Where the line's price comes from, part by part.")
APPROVE = Command("cart.approve", "A", "Approval", "Have a manager allow a discount beyond your limit.")
PRICE_LIST = Command(
    "cart.price-list", "L", "Price list", "Give the cart another price list, where the office lets you."
)
FEES = Command("cart.fees", "e", "Fees", "Put a fee on the cart, or take it off: carriage, a small order's surcharge.")
LINE_NOTE = Command("cart.line-note", "n", "Note", "Write a note for this line.", show=True)
REMOVE = Command("cart.remove", "delete,backspace", "Remove", "Take the line off the cart.", show=True)

DELIVER_ON = Command("cart.deliver-on", "t", "Day", "Give this line a delivery day of its own.")
DISCARD = Command("cart.discard", "D", "Discard cart", "Throw this cart away.")

OPEN_CART = Command("carts.open", "enter", "Go to", "Make this the cart at hand.", show=True)
MERGE_CART = Command("carts.merge", "m", "Merge", "Put its lines into the cart at hand, and put it away.", show=True)
HAND_OVER = Command(
    "carts.hand-over",
    "o",
    "Other device",
    "Continue on another device; take here what is on the server.",
    show=True,
)
HOLD_CART = Command("carts.hold", "h", "Hold / reopen", "Put the cart aside, or take it up again.", show=True)
BEGIN_CART = Command("carts.begin", "n", "New", "Begin one more cart.", show=True)
COPY_CART = Command("carts.copy", "c", "Copy", "The same again as a cart of its own.", show=True)
RENAME_CART = Command("carts.rename", "r", "Name", "Give the cart a name.", show=True)
SPLIT_CART = Command("carts.split", "s", "Split", "A cart for each delivery day of its lines.")
DISCARD_CART = Command("carts.discard", "delete,D", "Discard", "Throw the cart away; u brings it back.")
BRING_BACK = Command("carts.bring-back", "u", "Bring back", "The cart that was thrown away last.")

OPEN_QUEUE = Command("sync.open-queue", "enter", "Open queue", "See what waits and what needs attention.", show=True)

CREATE_ORDER = Command("create.order", "enter,f10", "Order", "Create the order; it is kept at once.", show=True)
ROUND_UP = Command(
    "create.round-up", "greater_than_sign", "Round up", "Raise each invalid quantity to the next valid one."
)
ROUND_DOWN = Command(
    "create.round-down", "less_than_sign", "Round down", "Lower each invalid quantity to the nearest valid one below."
)
CREATE_QUOTE = Command("create.quote", "q", "Quote", "Create a quote instead.", show=True)

LINE_PERCENT = Command(
    "discounts.percent", "percent_sign", "% off the line", "Take a percentage off the line.", show=True
)
LINE_AMOUNT = Command("discounts.amount", "a", "Amount off the line", "Take an amount off the line.", show=True)
LINE_PRICE = Command("discounts.price", "p", "Price of the line", "Type another price for the line.", show=True)
FULL_PRICE = Command("discounts.full", "f", "Full price", "Take every discount off the line.", show=True)
CART_PERCENT = Command("discounts.cart-percent", "c", "% off the cart", "Take a percentage off the whole.", show=True)
CART_AMOUNT = Command("discounts.cart-amount", "m", "Amount off the cart", "Take an amount off the whole.", show=True)
DROP_DISCOUNT = Command("discounts.drop", "1,2,3,4,5,6,7,8,9", "Take off", "Take the cart discount of this number off.")

SCAN_UNDO = Command("scan.undo", "u,ctrl+z", "Undo", "Take the last scan back.", show=True)
SCAN_BIND = Command("scan.bind", "b", "Bind", "Say which product the last unknown code is.", show=True)
SCAN_IGNORE = Command("scan.ignore", "i", "Ignore", "Leave the last unknown code as it is.")
SCAN_FORGET = Command("scan.forget", "f", "Forget", "Ask again what the last code means, whatever was said of it.")
SCAN_ENTER = Command("scan.enter", "enter", "Enter code", "Take the code that was typed as if it had been scanned.")
SCAN_LOOK_UP = Command("scan.look-up", "l", "Look up", "Have scans open the product's page, or count again.", show=True)
SCAN_CREATE = Command("scan.create", "f10,ctrl+o", "Create order", "Turn the cart into an order or a quote.", show=True)
SCAN_DONE = Command("scan.done", "escape,f6", "Done", "Back to the order.", show=True)

TAKE_PRODUCT = Command("products.choose", "enter", "Choose", "Take the product under the cursor.", show=True)
SHOW_ALIKE = Command("alike.choose", "enter", "Show", "See all about the product under the cursor.", show=True)
TAKE_MEANING = Command("meanings.choose", "enter", "This one", "The code means this from now on.", show=True)

TAKE_QUANTITY = Command(
    "rounding.choose", "enter", "This many", "The line has this many; the scanned count is kept.", show=True
)
FORGET = Command("calibration.forget", "f8", "Forget", "Take scans as they arrive.", show=True)
COUNT_AGAIN = Command("look-up.count", "l,alt+l", "Count again", "End looking up: scans count.", show=True)

BACK = Command("page.back", "escape", "Back", "Back to where you came from.", show=True)
OPEN = Command("page.open", "enter", "Open", "See all of it.", show=True)
REORDER = Command("paper.reorder", "r", "Reorder", "The same again, all or some of it, at today's prices.", show=True)
REVISE = Command(
    "paper.revise", "v", "Revise", "Into the cart again: submitted, it takes the old one's place.", show=True
)
MAKE_ORDER = Command("paper.make-order", "o", "Order it", "Turn a quote into an order, at its prices.", show=True)
COPY_TO_CART = Command("paper.copy", "c", "Copy to cart", "All its lines into a new cart, without asking.")
CANCEL = Command("paper.cancel", "x", "Cancel", "Take it back, or tell the company to cancel it.", show=True)
PRINT = Command("paper.print", "p", "PDF", "Write it as a PDF, with its number for a scanner.", show=True)
STATES_SHOWN = Command("orders.state", "f2,s", "State", "Show only those in one state; again for the next.", show=True)
KINDS_SHOWN = Command("orders.kind", "f3,k", "Kind", "Show only orders, only quotes, or both.", show=True)
EXPORT = Command("orders.export", "e", "Export", "Write this list to a file as CSV or JSON.", show=True)
TOGGLE_LINE = Command("reorder.pick", "space", "On / off", "Take the line off, or on again.", show=True)
ORDER_AGAIN = Command("reorder.order", "enter,f10", "Into a cart", "Put the chosen lines into a new cart.", show=True)
RETRY = Command("queue.retry", "r", "Try now", "Try to send what waits, at once.", show=True)
HOLD = Command("queue.hold", "h", "Hold / release", "Keep a document from being sent, or let it go again.", show=True)
QUEUE_REVISE = Command(
    "queue.revise", "v", "Edit and resend", "Into the cart again: submitted, it takes the old one's place.", show=True
)
QUEUE_COPY = Command("queue.copy", "c", "Copy to cart", "All its lines into a new cart, at today's prices.", show=True)
QUEUE_CANCEL = Command("queue.cancel", "x", "Cancel", "Take it back, or tell the company to cancel it.", show=True)
NEXT_TAB = Command("queue.next-tab", "right", "Next list", "The next of the five lists.", show=True)
PREVIOUS_TAB = Command("queue.previous-tab", "left", "List before", "The list before this one.")

ACT = Command("settings.act", "enter,space", "Do / switch", "Do what the row under the cursor says.", show=True)

SAVE = Command("form.save", "f10,ctrl+o", "Save", "Save what was typed.", show=True)
ENTER = Command("sign-in.enter", "f10,ctrl+o", "Sign in", "Sign in with what was typed.", show=True)
QUIT_SIGN_IN = Command("sign-in.quit", "escape,ctrl+x", "Quit", "Close WizTerm.", show=True)
KEEP_SIGNATURE = Command("sign.keep", "f10,ctrl+o", "Keep", "Keep what was drawn and typed.", show=True)
TAKE_BACK = Command("sign.take-back", "f4,ctrl+z", "Stroke back", "Take the last stroke back.", show=True)
YES = Command("confirm.yes", "y", "Yes", "Do it.", show=True)
NO = Command("confirm.no", "n", "No", "Leave everything as it is.", show=True)
TURN_FEE = Command(
    "fees.turn", "enter", "On / off", "Put the fee under the cursor on the cart, or take it off.", show=True
)
CHOOSE_LIST = Command("lists.choose", "enter", "Choose", "Take the price list under the cursor.", show=True)
CHOOSE = Command("customers.choose", "enter", "Choose", "Take the customer under the cursor.", show=True)
CUSTOMER_PAGE = Command("customers.page", "right,f5", "Page", "All there is to know of the customer.", show=True)
QUICK_CUSTOMER = Command("customers.quick", "f4", "Quick add", "A new customer in three fields.")
ADD_ARTICLE = Command("customer.add", "enter", "Add", "Put the product into the cart at hand.", show=True)
MARK_WISH = Command("customer.mark", "space", "Mark", "Choose the wish under the cursor, or no longer.", show=True)
FILL_CART = Command(
    "customer.fill",
    "a",
    "All to cart",
    "The marked wishes into the cart at hand; all, where none is marked.",
    show=True,
)
TAKE_OFF_WISH = Command(
    "customer.take-off",
    "delete,backspace",
    "Take off",
    "Take the wish under the cursor off the list, or the marked ones.",
    show=True,
)
SAME_AGAIN = Command(
    "customer.same-again", "r", "Reorder", "Order what the order under the cursor held again.", show=True
)
NEXT_BOUGHT = Command("customer.next", "right", "Next list", "Orders, stocked, top, never ordered, wishes.", show=True)
PREVIOUS_BOUGHT = Command("customer.previous", "left", "List before", "The list before this one.")
CUSTOMER_CARD = Command("customer-pane.page", "right,i", "Page", "All there is to know of this customer.", show=True)
NEW_CUSTOMER = Command(
    "customers.new", "f2,ctrl+n", "New customer", "Enter a customer the company does not know.", show=True
)

ADD_PRODUCT = Command("product.add", "enter,plus", "Add", "Add this product to the cart.", show=True)
OPEN_RELATED = Command("product.related", "right,o", "Open", "Open the related product under the cursor.", show=True)
VARIANTS = Command("product.variants", "v", "Variants", "All colours and sizes as a sheet of quantities.", show=True)
SHOW_CODE = Command("product.code", "b", "Barcode", "Show its barcode, for another scanner to read.")
PRODUCT_STOCK = Command("product.live-stock", "s", "Stock now", "Ask the company what is in stock now; online only.")
WISH_PRODUCT = Command("product.wish", "w", "Wish", "Put this product on the customer's wishlist.", show=True)
CLOSE_PRODUCT = Command("product.close", "left", "Back", "Back to where you came from.")
ADD_VARIANTS = Command("variants.add", "enter,f10", "Add all", "Put everything into the cart in one step.", show=True)
COPY_RUN = Command("variants.copy", "equals_sign", "Copy run", "The same run for the next colour.", show=True)
CLEAR_CELL = Command("variants.clear", "delete", "Clear", "Nothing of this one.", show=True)
CHOOSE_OPTION = Command("options.choose", "enter,space", "Choose", "Choose this option, or no longer.", show=True)
ADD_WITH = Command("options.add", "f10,ctrl+o", "Add", "Add the product with what was chosen.", show=True)
CHOOSE_SHELF = Command("shelves.choose", "enter", "Show", "Show what stands there.", show=True)
OPEN_SHELF = Command("shelves.open", "right", "Open", "Open what is below.", show=True)
CLOSE_SHELF = Command("shelves.close", "left", "Close", "Close it, or go to what it belongs to.", show=True)
TICK = Command("filters.tick", "enter", "Tick", "Choose this, or choose it no more.", show=True)
UNTICK = Command("filters.untick-all", "delete", "Untick all", "Choose nothing.", show=True)

CABLE = Command(
    "demo.cable", "ctrl+k,f12", "Pull cable", "Pull the network cable of the demo, or put it back.", show=True
)

ALL: tuple[Command, ...] = tuple(value for value in globals().values() if isinstance(value, Command))


def of(place: str) -> tuple[Command, ...]:
    """The commands of one place, in the order they are written above."""
    return tuple(command for command in ALL if command.place == place)


def faults(keymap: dict[str, str]) -> list[str]:
    """Sentences on entries of a keymap that name no command."""
    known = [command.id for command in ALL]
    return [_unknown(name, known) for name in keymap if name not in known]


def clashes(keymap: dict[str, str]) -> list[str]:
    """Sentences on keys that two commands which work at the same time would share under this keymap."""
    found: dict[str, None] = {}
    for place in PLACES:
        taken: dict[str, str] = {}
        for command in (*(each for above in UNDERNEATH.get(place, ("app",)) for each in of(above)), *of(place)):
            for key in keymap.get(command.id, command.keys).split(","):
                owner = taken.setdefault(key.strip(), command.id)
                if owner != command.id:
                    found[f"{key.strip()}: both {owner} and {command.id}"] = None
    return list(found)


def owner(key: str, keymap: dict[str, str]) -> Command | None:
    """The command that has this key under this keymap, wherever it works."""
    return next((command for command in ALL if key in keymap.get(command.id, command.keys).split(",")), None)


def _unknown(name: str, known: list[str]) -> str:
    nearest = difflib.get_close_matches(name, known, n=1)
    return f"there is no command {name}" + (f", did you mean {nearest[0]}?" if nearest else "; Help (F1) lists them.")
