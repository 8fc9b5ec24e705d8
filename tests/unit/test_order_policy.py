import pytest

from wizterm.config import ConfigError, load
from wizterm.domain.policy import OrderPolicy


def test_the_configuration_says_what_no_order_may_lack(tmp_path):
    file = tmp_path / "wizterm.toml"
    file.write_text('[device]\nrequired_details = "po_number, signature"\npayment_methods = "Card"\nquote_days = 14\n')
    assert load(file, {}).device.policy == OrderPolicy(frozenset({"po_number", "signature"}), ("Card",), 14)


def test_a_detail_that_does_not_exist_is_named_with_those_that_do(tmp_path):
    file = tmp_path / "wizterm.toml"
    file.write_text('[device]\nrequired_details = "blood_group"\n')
    with pytest.raises(ConfigError, match="there is no order detail 'blood_group'; expected some of payment_method"):
        load(file, {})
