"""A letter as an e-mail: its words as text and HTML, the tagged PDF attached."""

from __future__ import annotations

import smtplib
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string

from tenants.letters.errors import ProductionFailed
from tenants.letters.markup import FilledLetter, to_html, to_plain_text
from tenants.letters.models import DeliveryStatus, Letter
from tenants.letters.selectors.content import content_of
from tenants.letters.selectors.senders import Senders

from .deliveries import Outcome
from .single import letter_pdf


class EmailCarrier:
    """Sends letters over one connection to the mail server, opened when needed."""

    def __init__(self) -> None:
        self.connection: BaseEmailBackend | None = None

    def send(self, letter: Letter, attempt: int) -> Outcome:
        """Send one letter.

        What the mail server refuses for now is tried again, what it refuses for good
        has failed. A connection that breaks off in between leaves it unknown.
        """
        try:
            message = email_of(letter, attempt)
            # What no mail server would take is found before anything is sent.
            message.message()
        except (ProductionFailed, ValueError) as error:
            return Outcome(DeliveryStatus.FAILED, error=str(error))
        try:
            message.connection = self._opened()
        except OSError as error:
            self.close()
            return Outcome(
                DeliveryStatus.WAITING,
                error=f"The mail server cannot be reached ({error}).",
            )
        try:
            message.send()
        except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as error:
            self.close()
            return _refused(error)
        except OSError as error:
            self.close()
            return Outcome(
                DeliveryStatus.UNKNOWN,
                error=f"The connection broke off ({error}). It may have arrived.",
            )
        return Outcome(
            DeliveryStatus.ACCEPTED, remote_id=message.extra_headers["Message-ID"][:100]
        )

    def close(self) -> None:
        """Close the connection; the next letter opens another."""
        if self.connection is not None:
            connection, self.connection = self.connection, None
            try:
                connection.close()
            except OSError:
                return

    def _opened(self) -> BaseEmailBackend:
        if self.connection is None:
            connection: BaseEmailBackend = get_connection()
            connection.open()
            self.connection = connection
        return self.connection


def email_of(letter: Letter, attempt: int = 1) -> EmailMultiAlternatives:
    """Return a letter as an e-mail; its run is loaded with it."""
    run = letter.run
    senders = Senders.from_json(run.senders)
    head = senders.letterheads[str(letter.landlord_id)]
    content = content_of(run, letter)
    subject = content.content.subject_text
    context = {
        "letter": letter,
        "head": head,
        "officer": senders.officers[str(letter.patch_id)],
        "date_text": letter.values["date"],
        "content": content,
        "parts": [
            (part, _text(part.content), to_html(part.content, with_classes=False))
            for part in content.parts
        ],
    }
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    domain = address.rpartition("@")[2]
    reply_to = settings.LETTERS_REPLY_TO or letter.values.get("landlord email", "")
    message = EmailMultiAlternatives(
        subject=" ".join(f"{subject} ({letter.reference})".split()),
        body=render_to_string("tenants/letters/email.txt", context),
        from_email=formataddr((" ".join(head["name"].split()), address)),
        to=[letter.email],
        reply_to=[reply_to] if reply_to else None,
        headers={
            "Message-ID": f"<{letter.reference}.{attempt}@{domain}>",
            "Auto-Submitted": "auto-generated",
            "List-Id": f"Letters of {settings.COUNCIL_NAME} <letters.{domain}>",
        },
    )
    message.attach_alternative(
        render_to_string("tenants/letters/email.html", context), "text/html"
    )
    message.attach(f"{letter.reference}.pdf", letter_pdf(letter), "application/pdf")
    return message


def _text(content: FilledLetter) -> str:
    return to_plain_text(content).split("\n\n", 1)[-1].strip()


def _refused(
    error: smtplib.SMTPResponseException | smtplib.SMTPRecipientsRefused,
) -> Outcome:
    code: int
    said: bytes | str
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()))
    else:
        code, said = error.smtp_code, error.smtp_error
    words = said.decode(errors="replace") if isinstance(said, bytes) else str(said)
    status = DeliveryStatus.WAITING if code < 500 else DeliveryStatus.FAILED
    return Outcome(status, error=f"The mail server said: {code} {words}")
