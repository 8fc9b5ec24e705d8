"""`GET /v1/media/{sha256}`: one picture, named by its content, so it can be kept for ever."""

PATH = "/v1/media"
MOST_BYTES = 8 * 1024 * 1024
