"""Every command of the office's screen, once: keys, footer, help and the table of keys are made from these."""

from __future__ import annotations

from typing import Final

from wizterm import commands as everywhere
from wizterm.commands import Command
from wizterm.server.deciding import Role

HELP = everywhere.HELP
PALETTE = everywhere.PALETTE
BACK = everywhere.BACK
OPEN = everywhere.OPEN

OVERVIEW = Command("office.overview", "f2,ctrl+o", "Overview", "How everything stands, in numbers.")
DOCUMENTS = Command("office.documents", "f3,ctrl+d", "Documents", "What reps have sent, and what became of it.")
DELIVERIES = Command("office.deliveries", "f4,ctrl+e", "Deliveries", "What is on its way to the ERP.")
DEVICES = Command("office.devices", "f5,ctrl+v", "Devices", "The machines that reps have signed in on.")
REPS = Command("office.reps", "f6,ctrl+r", "Reps", "Who may sign in.")
DECISIONS = Command("office.decisions", "f8,ctrl+y", "Decisions", "What the office has done, when, and who of it.")
MORE = Command("office.more", "f9,ctrl+b", "More", "Approvals by telephone, and what is needed less often.")
LEAVE = Command("office.leave", "ctrl+x", "Quit", "Close the office's screen.", show=True)

NEXT_STATE = Command("list.state", "f7,ctrl+s", "State", "Show only those in one state; again for the next.", show=True)

RETRY = Command("delivery.retry", "r", "Retry", "Try it again at once, also after the ERP refused it.", show=True)
HOLD = Command("delivery.hold", "h", "Hold / release", "Keep it back, or let it go again.", show=True)
MAP = Command("delivery.map", "m", "Map", "Say what the ERP calls the item or customer, and go on.", show=True)
GIVE_UP = Command("delivery.give-up", "g", "Give up", "Try it no more, and tell the rep why.", show=True)

SEEN = Command("document.seen", "d", "Doubts seen", "Say that you have seen what was doubted.", show=True)

ACCEPT = Command("document.accept", "a", "Accept", "Put the code that a rep found into every catalogue.", show=True)
DECLINE = Command("document.decline", "n", "Decline", "Leave the code out, and tell the rep why.", show=True)

SHUT_OUT = Command("people.shut-out", "x", "Shut out", "End every sign-in at once, and allow no other.", show=True)
LET_IN = Command("people.let-in", "l", "Let in", "Allow signing in again.", show=True)
REP_PASSWORD = Command("people.password", "p", "New password", "Another password for this rep.", show=True)

CUSTOMERS = Command("more.customers", "c", "Customers", "Whom the company sells to, and whose they are.", show=True)
APPROVALS = Command("more.approvals", "a", "Approvals", "The code that a rep who telephones may go on with.", show=True)

GIVE_CODE = Command("approval.give-code", "f10", "Give code", "Make the code to read out.", show=True)

PRICE_LISTS = Command(
    "more.price-lists", "p", "Price lists", "What each list is for, and how much is on it.", show=True
)
MAPPINGS = Command("more.mappings", "m", "Mappings", "What the ERP calls items and customers.", show=True)
SIGN_INS = Command("more.sign-ins", "s", "Sign-ins", "Which reps are signed in, on which device.", show=True)
USERS = Command("more.users", "u", "Users", "Who may sign in to this screen, and as what.", show=True)

ADD_USER = Command("user.add", "a", "Add", "Set up somebody who may sign in to this screen.", show=True)
ROLE = Command("user.role", "r", "Role", "Say what they may do here.", show=True)
USER_PASSWORD = Command("user.password", "p", "New password", "Another password; their screens end.", show=True)
REMOVE_USER = Command("user.remove", "x", "Remove", "They sign in no more, and their screens end.", show=True)

ASSIGN = Command("customer.assign", "a", "Assign", "Give the customer to a rep too.", show=True)
TAKE_AWAY = Command("customer.take-away", "t", "Take away", "The customer leaves a rep's devices.", show=True)
UNMAP = Command("mapping.unmap", "x", "Remove", "Both call it alike from now on.", show=True)
END = Command("sign-in.end", "x", "End", "End this sign-in; its rep can sign in again.", show=True)

ENTER = Command("office-sign-in.enter", "f10", "Sign in", "Sign in with what was typed.", show=True)
SIGN_IN_LEAVE = Command("office-sign-in.leave", "escape,ctrl+x", "Quit", "Close the office's screen.", show=True)

PLACES: Final = {
    "app": "Everywhere",
    "office": "The office's pages",
    "page": "A page",
    "list": "A list",
    "delivery": "A delivery",
    "document": "A document",
    "people": "Devices and reps",
    "more": "More",
    "customer": "A customer",
    "approval": "Approvals",
    "mapping": "Mappings",
    "sign-in": "Sign-ins",
    "user": "Users",
    "confirm": "Questions",
    "office-sign-in": "Sign-in",
}
"""What people call the places."""

ALL: Final = (
    HELP,
    PALETTE,
    OVERVIEW,
    DOCUMENTS,
    DELIVERIES,
    DEVICES,
    REPS,
    DECISIONS,
    MORE,
    LEAVE,
    BACK,
    OPEN,
    NEXT_STATE,
    RETRY,
    HOLD,
    MAP,
    GIVE_UP,
    SEEN,
    ACCEPT,
    DECLINE,
    SHUT_OUT,
    LET_IN,
    REP_PASSWORD,
    CUSTOMERS,
    APPROVALS,
    PRICE_LISTS,
    MAPPINGS,
    SIGN_INS,
    USERS,
    ASSIGN,
    TAKE_AWAY,
    GIVE_CODE,
    UNMAP,
    END,
    ADD_USER,
    ROLE,
    USER_PASSWORD,
    REMOVE_USER,
    everywhere.YES,
    everywhere.NO,
    ENTER,
    SIGN_IN_LEAVE,
)
LEAST: Final = {
    **{
        each.action: Role.CLERK
        for each in (RETRY, HOLD, MAP, GIVE_UP, SEEN, ACCEPT, DECLINE, GIVE_CODE, ASSIGN, TAKE_AWAY, UNMAP)
    },
    **{
        each.action: Role.ADMIN
        for each in (SHUT_OUT, LET_IN, REP_PASSWORD, END, ADD_USER, ROLE, USER_PASSWORD, REMOVE_USER)
    },
}
"""The role an action takes, where seeing is not enough: others are not offered it, and the services refuse them."""
PAGES: Final = (OVERVIEW, DOCUMENTS, DELIVERIES, DEVICES, REPS, DECISIONS, MORE)
"""In the order of the head."""
BELOW_MORE: Final = (CUSTOMERS, APPROVALS, PRICE_LISTS, MAPPINGS, SIGN_INS, USERS)
"""The pages that More opens, each by its letter."""
