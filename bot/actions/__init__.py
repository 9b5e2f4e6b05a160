"""Rasa's custom actions: thin, they ask guidance/ what to do and name a response."""
