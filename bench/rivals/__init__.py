"""Other generators that are timed on pages like ours, each got from its registry when it runs."""
