"""From the catalogue to pages: which there are, where they stand, what each shows.

Pure: no engine, no disk. A `Page` holds everything that its template prints, so its content is
also all that a rendered page depends on, besides template and settings.
"""
