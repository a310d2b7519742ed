"""What is sent compressed, as small as gzip can be."""

import deflate


def gzipped(content: bytes) -> bytes:
    """The content, gzipped by libdeflate: a tenth smaller than by zlib at its best, and as fast."""
    return bytes(deflate.gzip_compress(content, 12))
