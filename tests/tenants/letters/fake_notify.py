"""GOV.UK Notify as its documentation says it answers, on a local port.

`POST /v2/notifications/letter`, `GET /v2/notifications/ID` and
`GET /v2/notifications?reference=` with a JSON web token in `Authorization`.
"""

from __future__ import annotations

import base64
import json
import threading
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt

SERVICE = "26785a09-ab16-4eb0-8407-a37497a57506"
SECRET = "3d844edf-8d35-48ac-975b-e847b4f122b0"
API_KEY = f"housing-{SERVICE}-{SECRET}"


class FakeNotify(ThreadingHTTPServer):
    """Keeps the letters it was sent; `answers` are given first, in their order."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.letters: list[dict[str, object]] = []
        self.answers: list[int] = []
        self.asked: list[str] = []
        self.on_accepted = lambda: None
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    @property
    def references(self) -> list[str]:
        return [str(letter["reference"]) for letter in self.letters]

    def stop(self) -> None:
        self.shutdown()
        self.server_close()


_ERRORS = {
    400: ("ValidationError", "Letter content is not a valid PDF"),
    403: ("AuthError", "Invalid token: API key not found"),
    429: ("RateLimitError", "Exceeded rate limit for key type LIVE of 3000"),
    500: ("Exception", "Internal server error"),
}


class _Handler(BaseHTTPRequestHandler):
    server: FakeNotify

    def do_POST(self) -> None:
        sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if not self._is_signed():
            return self._refuse(403)
        if self.path != "/v2/notifications/letter":
            return self._refuse(400)
        if self.server.answers:
            wanted = self.server.answers.pop(0)
            if wanted != 201:
                return self._refuse(wanted)
        pdf = base64.b64decode(sent["content"])
        if not pdf.startswith(b"%PDF") or set(sent) - {
            "reference",
            "content",
            "postage",
        }:
            return self._refuse(400)
        letter = {
            "id": str(uuid.uuid4()),
            "reference": sent["reference"],
            "postage": sent.get("postage", "second"),
            "status": "pending-virus-check",
            "type": "letter",
            "pdf": pdf,
        }
        self.server.letters.append(letter)
        self.server.on_accepted()
        return self._answer(
            201, {name: letter[name] for name in ("id", "reference", "postage")}
        )

    def do_GET(self) -> None:
        if not self._is_signed():
            return self._refuse(403)
        at = urlsplit(self.path)
        if at.path == "/v2/notifications":
            reference = parse_qs(at.query)["reference"][0]
            self.server.asked.append(reference)
            found = [x for x in self.server.letters if x["reference"] == reference]
            return self._answer(200, {"notifications": [*map(_shown, found)]})
        for letter in self.server.letters:
            if at.path == f"/v2/notifications/{letter['id']}":
                return self._answer(200, _shown(letter))
        return self._answer(
            404, {"status_code": 404, "errors": [{"message": "No result found"}]}
        )

    def _is_signed(self) -> bool:
        token = self.headers["Authorization"].removeprefix("Bearer ")
        try:
            claims = jwt.decode(token, SECRET, algorithms=["HS256"], leeway=30)
        except jwt.InvalidTokenError:
            return False
        return claims["iss"] == SERVICE and "iat" in claims

    def _refuse(self, code: int) -> None:
        error, message = _ERRORS[code]
        said = {"status_code": code, "errors": [{"error": error, "message": message}]}
        self._answer(code, said)

    def _answer(self, code: int, said: dict[str, object]) -> None:
        body = json.dumps(said).encode()
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _shown(letter: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in letter.items() if name != "pdf"}
