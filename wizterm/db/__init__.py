"""The device's files: device.db is precious, catalog.db can be fetched again."""
