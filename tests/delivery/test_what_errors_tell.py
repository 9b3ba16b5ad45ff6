"""What goes wrong with a mail is told to the log without anybody's address."""

import socket
import threading
import traceback
from collections.abc import Iterator

import pytest

from matchmaker.delivery.mail import MailRefused, MailServer, send_mail, write_mail


@pytest.fixture
def rude_server() -> Iterator[str]:
    """A server that turns everybody away at the door, and quotes an address while it does."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def turn_away() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.sendall(b"554 we know canary@example.org\r\n")

        thread = threading.Thread(target=turn_away)
        thread.start()
        yield f"smtp://127.0.0.1:{listener.getsockname()[1]}"
        thread.join()


def test_an_address_that_the_server_quotes_does_not_stand_in_the_error(rude_server: str) -> None:
    server = MailServer(url=rude_server, sender="us@example.org")
    mail = write_mail(server, to="you@example.org", subject="Hello", text="Hello")
    with pytest.raises(MailRefused) as refused:
        send_mail(server, mail, before_data=lambda: None)
    told = "".join(traceback.format_exception(refused.value))
    assert "SMTPConnectError" in told
    assert "canary" not in told
