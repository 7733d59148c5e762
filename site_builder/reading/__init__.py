"""From bytes on disk to typed entries with places: find, decode, split, check the schema."""
