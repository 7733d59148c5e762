"""A search that knows Vietnamese: the index and how it is measured (docs/search-index.md).

`words` analyses text, `terms` weighs what a document says, `shards` writes keys with their
documents, `writer` makes the whole index. `measuring` holds the search against judged queries: it
indexes in a process of its own (`indexing`), scores the answers (`judging`) and tells whether they
are what was promised (`verdict`).
"""
