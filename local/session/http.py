"""Requests to the emulated front doors."""

import http.client
import json
from dataclasses import dataclass
from typing import Any

from .emulator import HOST, Emulator


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    text: str

    @property
    def echo(self) -> dict[str, Any]:
        """What the backend says of the request that reached it; empty when none did."""
        try:
            return dict(json.loads(self.text))
        except ValueError:
            return {}


def send(
    emulator: Emulator, method: str, path: str, headers: dict[str, str] | None = None, body: str | None = None
) -> Answer:
    connection = http.client.HTTPConnection(HOST, emulator.port, timeout=30)
    try:
        connection.request(method, path, body=body, headers=headers or {})
        response = connection.getresponse()
        # several cookies come as several headers: keep them all
        found: dict[str, str] = {}
        for name, value in response.getheaders():
            key = name.lower()
            found[key] = f'{found[key]}\n{value}' if key in found else value
        return Answer(response.status, found, response.read().decode(errors='replace'))
    finally:
        connection.close()
