"""The gateway: HTTP and WebSocket in front of the bot, and its pages."""
