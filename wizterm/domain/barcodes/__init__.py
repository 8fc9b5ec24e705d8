"""What a scanned text says by itself, before any catalogue is asked."""
