import pytest

from tests.support.documents_making import line, order
from tests.support.store_office import decided_here
from wizterm.connectors.base import UNKNOWN_ITEM, Refused
from wizterm.domain.money import ZERO
from wizterm.protocol.bodies import Fee
from wizterm.server.mappings import MapKind, Mapped, MappingError, Mappings


@pytest.fixture
def mappings(house):
    return Mappings(house.company.store, decided_here(house.company.store))


def test_the_erp_hears_its_own_names_of_mapped_items_and_fees_and_of_no_others(house, kim, mappings):
    mappings.put(MapKind.ITEM, "MUG", "M-0001")
    mappings.put(MapKind.ITEM, "FREIGHT", "FR-9")
    mappings.put(MapKind.ITEM, "TEAPOT", "T-1")
    fee = Fee(code="FREIGHT", name="Freight", off="amount", value=ZERO, amount=ZERO)
    house.post(kim, order(kim, "C1", line(1, "MUG"), line(2, "TRAY"), fees=(fee,)))
    house.deliver()
    assert house.erp.sent[0].items == {"MUG": "M-0001", "FREIGHT": "FR-9"}


def test_a_mapped_customer_goes_out_by_the_erps_name(house, kim, mappings):
    mappings.put(MapKind.CUSTOMER, "C1", "D-77")
    house.post(kim, order(kim, "C1"))
    house.deliver()
    assert house.erp.sent[0].customer_external == "D-77"


def test_a_mapping_can_be_changed_and_taken_away(mappings):
    mappings.put(MapKind.ITEM, "MUG", "M-1")
    mappings.put(MapKind.ITEM, "MUG", "M-2")
    assert mappings.all() == (Mapped(MapKind.ITEM, "MUG", "M-2"),)
    mappings.remove(MapKind.ITEM, "MUG")
    assert mappings.all() == ()
    with pytest.raises(MappingError, match="No item 'MUG' is mapped"):
        mappings.remove(MapKind.ITEM, "MUG")


def test_the_office_reads_why_a_delivery_was_refused(house, kim):
    document = order(kim, "C1")
    house.erp.answers.append(Refused("There is no MUG.", "lines[0].sku", UNKNOWN_ITEM))
    house.post(kim, document)
    house.deliver()
    (page,) = house.archive.pages(document.id)
    assert page.deliveries[0].code == UNKNOWN_ITEM
