"""The driver: from a loaded project to a finished site, touching only what changed.

`records` keeps what was built, `products` says what there is to build, `workshop` makes it, one
piece at a time in any process, `driver` decides what is stale and has it made.
"""
