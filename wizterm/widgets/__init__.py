"""One pane a file: each owns its keys, actions, messages and shape."""
