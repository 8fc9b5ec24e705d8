"""HTTP over the protocol: each route reads its arguments and hands on."""
