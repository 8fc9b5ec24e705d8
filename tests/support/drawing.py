"""Pictures for tests, small and plain."""

import io
from hashlib import sha256

from PIL import Image

from wizterm.db.picture_files import picture_path


def png(colour="red", size=(8, 8)):
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, "PNG")
    return file.getvalue()


def digest(content):
    return sha256(content).hexdigest()


def put(folder, content):
    """As Media Sync leaves it on a device."""
    path = picture_path(folder, digest(content))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path
