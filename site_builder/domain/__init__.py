"""What the site knows: frozen data, declared once, without any reading or rendering."""
