import pytest

from wizterm.sync.address import AddressError, host_and_port, server_address


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (" https://orders.company.example/ ", "https://orders.company.example"),
        ("https://orders.company.example:8443/wiz/", "https://orders.company.example:8443/wiz"),
        ("http://localhost:8460", "http://localhost:8460"),
        ("http://127.0.0.1:8460", "http://127.0.0.1:8460"),
        ("http://[::1]:8460", "http://[::1]:8460"),
    ],
)
def test_an_address_is_taken_as_a_person_writes_it(text, address):
    assert server_address(text) == address


@pytest.mark.parametrize(
    "text",
    [
        "",
        "orders.company.example",
        "https://",
        "ftp://x.example",
        "https://x.example:99999",
        "https://[::1",
        "https://u:p@x.example",
        "https://x.example/?a=1",
        "https://x .example",
        "://",
    ],
)
def test_anything_else_is_answered_in_one_sentence(text):
    with pytest.raises(AddressError) as caught:
        server_address(text)
    assert "\n" not in str(caught.value)
    assert str(caught.value).endswith(".")


def test_an_unencrypted_address_is_taken_only_where_that_is_allowed():
    with pytest.raises(AddressError, match="not encrypted"):
        server_address("http://10.0.0.5:8460")
    assert server_address("http://10.0.0.5:8460", allow_plain=True) == "http://10.0.0.5:8460"


def test_the_port_is_the_schemes_own_where_none_is_written():
    assert host_and_port("https://a.example") == ("a.example", 443)
    assert host_and_port("http://[::1]:8460") == ("::1", 8460)
