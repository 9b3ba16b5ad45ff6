"""Mail over SMTP (RFC 5321), with an exact answer to one question: was it accepted?"""

import smtplib
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, make_msgid
from typing import Final
from urllib.parse import unquote, urlsplit

_PATIENCE: Final = 20.0
_PORTS: Final = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
# Lines end as RFC 5321 wants them; no server must be asked whether it takes eight bits; and no
# header is folded, since a folded address in one of them can't be followed any more.
_POLICY: Final = SMTP.clone(cte_type="7bit", max_line_length=900)


class MailRefused(Exception):  # noqa: N818 - the server's answer, not a fault of ours
    """The server did not take the mail; nothing was sent."""


class MailUncertain(Exception):  # noqa: N818
    """The connection broke while the server was taking the mail: nobody knows."""


@dataclass(frozen=True, kw_only=True)
class MailServer:
    """Where mail is handed over: ``smtp://``, ``smtp+starttls://`` or ``smtps://`` URLs."""

    url: str
    sender: str


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A file that goes along with a mail; ``media_type`` is such as ``text/vcard``."""

    name: str
    media_type: str
    data: bytes


def write_mail(
    server: MailServer,
    *,
    to: str,
    subject: str,
    text: str,
    stop_url: str = "",
    attachments: Sequence[Attachment] = (),
) -> EmailMessage:
    """Return a plain-text mail, ready to be sent.

    ``stop_url`` is where a POST without anything else ends mails of this kind (RFC 2369); where
    it is https, mail programs offer it as one tap (RFC 8058).
    """
    message = EmailMessage(policy=_POLICY)
    message["From"] = server.sender
    message["To"] = to
    message["Subject"] = " ".join(subject.split())
    message["Date"] = formatdate(localtime=False)
    message["Message-ID"] = make_msgid(domain=server.sender.rpartition("@")[2].strip("> "))
    message["Auto-Submitted"] = "auto-generated"
    if stop_url:
        message["List-Unsubscribe"] = f"<{stop_url}>"
        if stop_url.startswith("https://"):
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(text)
    for one in attachments:
        main, _, kind = one.media_type.partition("/")
        message.add_attachment(one.data, maintype=main, subtype=kind, filename=one.name)
    return message


def send_mail(
    server: MailServer, message: EmailMessage, *, before_data: Callable[[], None]
) -> None:
    """Hand a mail over; ``before_data`` is called at the last moment at which nothing is sent.

    Raises
    ------
    MailRefused
        If the server cannot be reached, or says no.
    MailUncertain
        If it stopped answering after it had got the mail.
    """
    try:
        with _connect(server.url) as smtp:
            smtp.ehlo_or_helo_if_needed()
            _ask(smtp.mail(server.sender))
            _ask(smtp.rcpt(message["To"]))
            before_data()
            _hand_over(smtp, message)
    except (OSError, smtplib.SMTPException) as error:
        # Servers quote addresses in their answers, and a chained error would put them in the log.
        raise MailRefused(type(error).__name__) from None


def _ask(answer: tuple[int, bytes]) -> None:
    if answer[0] not in {250, 251}:
        raise MailRefused(str(answer[0]))


def _hand_over(smtp: smtplib.SMTP, message: EmailMessage) -> None:
    try:
        code, _ = smtp.data(message.as_bytes())
    except smtplib.SMTPDataError as error:
        raise MailRefused(str(error.smtp_code)) from None
    except (OSError, smtplib.SMTPException) as error:
        raise MailUncertain(type(error).__name__) from None
    if code != 250:
        raise MailRefused(str(code))


def _connect(url: str) -> smtplib.SMTP:
    parts = urlsplit(url)
    host, port = parts.hostname or "localhost", parts.port or _PORTS.get(parts.scheme, 25)
    smtp: smtplib.SMTP
    if parts.scheme == "smtps":
        context = ssl.create_default_context()
        smtp = smtplib.SMTP_SSL(host, port, timeout=_PATIENCE, context=context)
    else:
        smtp = smtplib.SMTP(host, port, timeout=_PATIENCE)
        if parts.scheme == "smtp+starttls":
            smtp.starttls(context=ssl.create_default_context())
    if parts.username:
        smtp.login(unquote(parts.username), unquote(parts.password or ""))
    return smtp
