"""The whole loop on one machine: a sample company, its server, a rep's device, and a cable to pull."""
