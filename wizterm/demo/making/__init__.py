"""How the sample company is made from a year of real invoice lines; only `make_company` uses it."""
