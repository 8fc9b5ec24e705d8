"""Carts, documents with their outbox and history, and settings."""

STATEMENTS = (
    """CREATE TABLE setting (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID""",
    """CREATE TABLE cart (
        id TEXT NOT NULL PRIMARY KEY,
        name TEXT NOT NULL,
        customer TEXT NOT NULL,
        price_list TEXT NOT NULL,
        currency TEXT NOT NULL,
        note TEXT NOT NULL,
        discounts TEXT NOT NULL,
        touched_at INTEGER NOT NULL,
        details TEXT NOT NULL,
        revision INTEGER NOT NULL DEFAULT 1,
        quote TEXT NOT NULL DEFAULT '',
        fees TEXT NOT NULL DEFAULT '[]',
        approvals TEXT NOT NULL DEFAULT '[]',
        revised TEXT NOT NULL DEFAULT 'null',
        held INTEGER NOT NULL DEFAULT 0,
        discarded INTEGER NOT NULL DEFAULT 0
    ) WITHOUT ROWID""",
    """CREATE TABLE cart_line (
        cart TEXT NOT NULL REFERENCES cart (id) ON DELETE CASCADE,
        id TEXT NOT NULL,
        position INTEGER NOT NULL,
        body TEXT NOT NULL,
        PRIMARY KEY (cart, id)
    ) WITHOUT ROWID""",
    """CREATE TABLE cart_step (
        position INTEGER PRIMARY KEY AUTOINCREMENT,
        cart TEXT NOT NULL REFERENCES cart (id) ON DELETE CASCADE,
        body TEXT NOT NULL,
        undone INTEGER NOT NULL DEFAULT 0
    )""",
    """CREATE TABLE code_binding (
        code TEXT NOT NULL PRIMARY KEY,
        kind TEXT NOT NULL,
        key TEXT NOT NULL,
        unit TEXT NOT NULL DEFAULT ''
    ) WITHOUT ROWID""",
    """CREATE INDEX step_by_cart ON cart_step (cart, undone, position)""",
    """CREATE TABLE document (
        id TEXT NOT NULL,
        revision INTEGER NOT NULL,
        kind TEXT NOT NULL,
        number TEXT NOT NULL,
        customer TEXT NOT NULL,
        customer_name TEXT NOT NULL,
        currency TEXT NOT NULL,
        total TEXT NOT NULL,
        body TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        submitted_at INTEGER NOT NULL,
        state TEXT NOT NULL,
        external TEXT NOT NULL DEFAULT '',
        words TEXT NOT NULL DEFAULT '',
        field TEXT NOT NULL DEFAULT '',
        epoch TEXT NOT NULL DEFAULT '',
        sequence INTEGER,
        delivered_at INTEGER,
        PRIMARY KEY (id, revision)
    ) WITHOUT ROWID""",
    """CREATE INDEX document_by_state ON document (state, submitted_at)""",
    """CREATE INDEX document_by_time ON document (submitted_at)""",
    """CREATE INDEX document_by_number ON document (number)""",
    """CREATE INDEX document_by_external ON document (external)""",
    """CREATE INDEX document_by_customer ON document (customer, submitted_at)""",
    """CREATE TABLE outbox (
        position INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL,
        revision INTEGER NOT NULL,
        after TEXT NOT NULL DEFAULT '',
        held INTEGER NOT NULL DEFAULT 0,
        attempts INTEGER NOT NULL DEFAULT 0,
        next_try_at INTEGER NOT NULL DEFAULT 0,
        why TEXT NOT NULL DEFAULT '',
        trouble TEXT NOT NULL DEFAULT '',
        troubled_since INTEGER NOT NULL DEFAULT 0,
        listed INTEGER NOT NULL DEFAULT 0,
        sealed INTEGER NOT NULL DEFAULT 0,
        said TEXT NOT NULL DEFAULT '',
        unheard INTEGER NOT NULL DEFAULT 0,
        UNIQUE (id, revision),
        FOREIGN KEY (id, revision) REFERENCES document (id, revision)
    )""",
    """CREATE TABLE replay (
        position INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL,
        revision INTEGER NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 0,
        next_try_at INTEGER NOT NULL DEFAULT 0,
        UNIQUE (id, revision),
        FOREIGN KEY (id, revision) REFERENCES document (id, revision)
    )""",
    """CREATE TABLE document_event (
        position INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL,
        revision INTEGER NOT NULL,
        state TEXT NOT NULL,
        at INTEGER NOT NULL,
        words TEXT NOT NULL DEFAULT '',
        FOREIGN KEY (id, revision) REFERENCES document (id, revision)
    )""",
    """CREATE TABLE handover (
        id TEXT NOT NULL PRIMARY KEY,
        cart TEXT NOT NULL,
        stage TEXT NOT NULL,
        ours INTEGER NOT NULL,
        tried INTEGER NOT NULL DEFAULT 0,
        label TEXT NOT NULL,
        device TEXT NOT NULL DEFAULT '',
        at INTEGER NOT NULL,
        changed_at INTEGER NOT NULL,
        sha256 TEXT NOT NULL,
        body TEXT NOT NULL DEFAULT ''
    ) WITHOUT ROWID""",
    """CREATE INDEX event_by_document ON document_event (id, revision, position)""",
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
