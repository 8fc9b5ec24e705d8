"""Run as `python -m wizterm`."""

from wizterm.cli import main

main()
