"""Conversations as they are stored: messages, handoffs, privacy."""
