"""The live preview: serves the built site to this computer, rebuilds it when a file is saved.

Knows nothing of content, pages or engines: `loop.preview` is given a function that rebuilds the
site and says what came of it. What browsers load (`browser/`) is served, never written into the
site.
"""
