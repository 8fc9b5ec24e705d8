"""The program with a fault behind F1; its options are the program's own."""

from wizterm.app import WizTerm
from wizterm.cli import main


def stumble(_: WizTerm) -> None:
    customer = "The Paper Lantern"
    customer[99]


if __name__ == "__main__":
    WizTerm.action_help = stumble
    main()
