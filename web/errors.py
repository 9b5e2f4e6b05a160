"""What can be wrong with a request, as status codes and words: the one place that knows both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from coaching.errors import (
    ConversationError,
    ConversationGone,
    PayloadNotIssued,
    UnknownConversation,
    WrongToken,
)
from web.wording import say

STATUSES = {
    "malformed": 400,
    "unknown_field": 400,
    "missing_field": 400,
    "wrong_value": 400,
    "profile": 400,
    "empty": 400,
    "text_or_payload": 400,
    "token": 401,
    "origin": 403,
    "forbidden": 403,
    "pin": 403,
    "unknown_conversation": 404,
    "unknown_option": 404,
    "no_plan": 404,
    "nothing_to_take": 404,
    "not_found": 404,
    "method": 405,
    "slow": 408,
    "gone": 410,
    "too_large": 413,
    "rate": 429,
    "internal": 500,
    "unavailable": 503,
}
_OF_CONVERSATIONS: Mapping[type[ConversationError], str] = {
    UnknownConversation: "unknown_conversation",
    WrongToken: "token",
    ConversationGone: "gone",
    PayloadNotIssued: "forbidden",
}
# A folder of files is refused with 403; to a visitor there is nothing.
_OF_HTTP = {403: "not_found", 404: "not_found", 405: "method", 413: "too_large"}


class ApiError(Exception):
    """A request that is refused; `code` names its status and its words."""

    def __init__(
        self,
        code: str,
        *,
        retry_after_seconds: int | None = None,
        words: str | None = None,
        **values: object,
    ) -> None:
        """Keep what the words are filled with; `retry_after_seconds` goes with "rate".

        `words` names a text that says it better than the code's own.
        """
        super().__init__(code)
        self.code = code
        self.status = STATUSES[code]
        self.retry_after_seconds = retry_after_seconds
        self.words = words or f"errors.{code}"
        self.values = values

    @classmethod
    def of_conversation(cls, error: ConversationError) -> ApiError:
        """Return how a problem with a conversation is told to whoever asked."""
        return cls(_OF_CONVERSATIONS[type(error)])

    @classmethod
    def of_status(cls, status: int) -> ApiError:
        """Return how one of aiohttp's own refusals is told."""
        return cls(_OF_HTTP.get(status, "malformed" if status < 500 else "internal"))

    def as_json(self, language: str) -> dict[str, Any]:
        """Return the error as the contract shapes it, in words of `language`."""
        message = say(self.words, language, self.values)
        return {"error": {"code": self.code, "message": message}}
