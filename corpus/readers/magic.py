"""Tells what a file is from its first bytes: of a format that is read, or of one that is not."""

from __future__ import annotations

from pinakes.corpus.readers.charset import is_utf16

_SIGNATURES = (
    (b"%!PS", "a PostScript document"),
    (b"{\\rtf", "a Rich Text document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Office document of the old format"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"\0\0\1\0", "an icon"),
    (b"AT&TFORM", "a DjVu document"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\0", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"\x7fELF", "a program (ELF)"),
    (b"\xcf\xfa\xed\xfe", "a program (Mach-O)"),
    (b"\xca\xfe\xba\xbe", "a program (Java or Mach-O)"),
    (b"\0asm", "a program (WebAssembly)"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"ID3", "an MP3 recording"),
    (b"OggS", "an Ogg recording"),
    (b"fLaC", "a FLAC recording"),
    (b"\x1a\x45\xdf\xa3", "a Matroska video"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"PAR1", "a Parquet table"),
    (b"\x93NUMPY", "a NumPy array"),
)
_PDF_WITHIN = 1024
_SAMPLE_BYTES = 8192
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\v\f\r\x1b"))


def recognise_binary(data: bytes) -> str:
    """Return `pdf`, `gzip`, `zip` or `warc` if `data` begins as that, else an empty string."""
    if data.startswith(b"\x1f\x8b\x08"):
        return "gzip"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08PK\x03\x04")):
        return "zip"
    if data.startswith(b"WARC/"):
        return "warc"
    # Readers of PDF put up with litter before the document; a text may speak of `%PDF-1.7`.
    start = data[:_PDF_WITHIN]
    at = start.find(b"%PDF-")
    return "pdf" if at == 0 or (at > 0 and b"\0" in data) else ""


def name_binary(data: bytes) -> str:
    """Return what `data` is (`a PDF document`) if it is not text; an empty string if it may be."""
    head = data[:_SAMPLE_BYTES]
    for signature, name in _SIGNATURES:
        if head.startswith(signature):
            return name
    if head.startswith(b"RIFF") and head[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        return "an image" if head[8:12] == b"WEBP" else "a recording"
    if head[4:8] == b"ftyp":
        return "a video or photograph (MP4, HEIC)"
    if head[257:262] == b"ustar":
        return "a tar archive"
    if is_utf16(head):
        return ""
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return "binary data" if b"\0" in data or controls * 10 > len(head) else ""
