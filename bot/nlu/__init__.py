"""Understanding: the components of the pipeline, one a module, and what they know."""
