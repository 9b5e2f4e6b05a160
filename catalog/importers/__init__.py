"""Importers: one module a format that only reads, and `store`, which only writes."""
