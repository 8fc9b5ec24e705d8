"""Schema changes of device.db, in order. A released file is never edited."""
