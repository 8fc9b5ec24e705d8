"""Run as `python -m wizterm`."""

from wizterm.cli import main

if __name__ == "__main__":  # a worker's process imports this file, and must not begin the command again
    main()
