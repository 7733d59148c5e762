"""What a site has besides its pages: cleaned pictures, feeds and tables."""
