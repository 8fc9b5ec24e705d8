from wizterm.cli.printing import print_table

NAMES = (("Ada", "erp"), ("東京", "customer"), ("Ágnes Kovács", ""))


def test_columns_stand_under_each_other_whatever_the_signs(capsys):
    print_table(NAMES, lambda name: name, empty="Nobody.", as_json=False)
    assert capsys.readouterr().out.splitlines() == [
        "Ada           erp",
        "東京          customer",
        "Ágnes Kovács",
    ]


def test_an_empty_table_is_its_sentence(capsys):
    print_table((), lambda name: name, empty="Nobody.", as_json=False)
    assert capsys.readouterr().out == "Nobody.\n"
