"""What can be fuzzed, a line each; loads nothing, as what is fuzzed is loaded under watch."""

from __future__ import annotations

TARGET_LINES = {
    "html": "a page, with its metadata",
    "xhtml": "a page that is XML",
    "text": "plain text",
    "markdown": "Markdown, with front matter",
    "jsonl": "JSON Lines, by either suffix (.jsonl, .ndjson)",
    "ndjson": "JSON Lines as files too long to be held are read, a line at a time",
    "json": "records in JSON",
    "csv": "records in CSV; of TSV but the delimiter",
    "feed": "RSS, Atom and RDF",
    "mail": "a mail, with what is attached",
    "mbox": "a mailbox",
    "mhtml": "a page saved as MHTML",
    "zip": "a ZIP archive of files",
    "wacz": "a ZIP archive of WARC files",
    "gzip": "a file packed with gzip",
    "warc": "a WARC file, packed or not",
    "epub": "a book",
    "docx": "a document of Word",
    "pdf": "a PDF file",
    "unknown": "a file whose name says nothing",
    "query": "a query, parsed and printed again",
    "config": "config.toml",
    "content": "what the store holds of an article",
    "segment": "a segment of the index, opened and searched",
    "toc": "a table of contents of the index",
    "deletions": "which articles of a segment are deleted",
    "store": "the store, read and checked",
    "backup": "a backup, restored",
    "bundle": "a bundle, checked by its verifier",
    "citation": "citations that other programs wrote",
    "http": "requests over HTTP",
}
"""What each target of `tests.fuzz.targets` reads, in the order of its table."""
