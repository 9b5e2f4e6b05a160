"""What can be wrong with a request about a conversation."""

from __future__ import annotations


class ConversationError(Exception):
    """A conversation cannot be used as asked; the edge turns it into words."""


class UnknownConversation(ConversationError):
    """There is no such conversation, and there never was."""


class WrongToken(ConversationError):
    """The token does not open this conversation."""


class ConversationGone(ConversationError):
    """The conversation was erased, or its token was not used for too long."""


class PayloadNotIssued(ConversationError):
    """The payload stands in no stored reply of this conversation."""


class AnsweredMeanwhile(Exception):
    """Somebody else has stored an answer to a message; the stored one stands."""
