"""All entries of a project on shelves, and a record of who asked for what.

A shelf is an ordered list of entries under a name: the models of a field, the articles that tell
of a model, the entries with a certain id. An entry says by itself on which shelves it stands
(`placing`), so one edit touches few of them. Whatever is looked up is written down as a *cell*
(`cells`); an edit says which cells it changed; what asked for none of them is still right.
"""
