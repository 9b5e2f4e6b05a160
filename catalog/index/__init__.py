"""Search over the catalogue: by words, by meaning and by what a learner can take."""
