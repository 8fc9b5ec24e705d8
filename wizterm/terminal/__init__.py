"""What Textual's drivers lack: tolerant input, keys in order, a clean end, little output."""
