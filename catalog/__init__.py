"""What there is to study: the catalogue, its import and its search."""
