"""One screen a file: each composes panes and routes what they say."""
