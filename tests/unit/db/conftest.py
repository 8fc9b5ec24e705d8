import pytest

from tests.support.outbox_device import Device


@pytest.fixture
def device(tmp_path):
    device = Device(tmp_path)
    yield device
    device.close()
