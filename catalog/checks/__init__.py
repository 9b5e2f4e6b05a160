"""What `opastin catalog lint` looks for: one module a subject, each a function of one option."""
