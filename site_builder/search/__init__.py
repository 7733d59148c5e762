"""A search that knows Vietnamese: the index and how it is measured (docs/search-index.md).

`words` analyses text, `terms` weighs what a document says, `shards` writes keys with their
documents, `writer` makes the whole index, `measuring` holds the ranking against judged queries.
"""
