import sys

if sys.platform == "win32":
    collect_ignore_glob = ["test_*.py"]  # pseudo-terminals, termios and SIGHUP exist on POSIX only
