"""The sockets between a page and the service, which a test may let fall silent."""

from __future__ import annotations

from typing import Any

from playwright.async_api import Page, WebSocketRoute


class Wire:
    """Carries frames both ways, except over the sockets that a test has silenced."""

    def __init__(self) -> None:
        """Begin without sockets."""
        self.opened = 0
        self._silent = 0

    async def tap(self, page: Page) -> None:
        """Stand between a page and its sockets from its next load on."""
        await page.route_web_socket("**/api/chat", self._connect)

    def silence(self) -> None:
        """Lose what goes over the sockets that are open now, both ways, and tell nobody."""
        self._silent = self.opened

    def _connect(self, socket: WebSocketRoute) -> None:
        self.opened += 1
        number = self.opened
        server = socket.connect_to_server()

        def carry(to: Any, frame: Any) -> None:
            if number > self._silent:
                to.send(frame)

        socket.on_message(lambda frame: carry(server, frame))
        server.on_message(lambda frame: carry(socket, frame))
