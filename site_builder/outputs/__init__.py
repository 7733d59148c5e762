"""What a site has besides its pages: cleaned pictures and feeds."""
