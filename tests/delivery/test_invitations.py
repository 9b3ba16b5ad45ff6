"""Inviting imported people: one mail each, however often it is asked for."""

from click.testing import CliRunner
from fixtures.mailboxes import Mailbox, Office
from fixtures.phones import BASE_URL, MakePhone
from fixtures.venue import Books, ImportPeople

from matchmaker.cli.commands import run
from matchmaker.people.event import Event

TABLE = (
    "name,email,offer,need",
    "Iris Import,iris@example.org,Looms,Yarn",
    "Omar Import,omar@example.org,Yarn,Looms",
    "Nobody Reached,,Songs,Drums",
)


def invite(event: Event, environment: dict[str, str]) -> str:
    done = CliRunner(env=environment).invoke(run, ["event", "invite", event.slug])
    assert done.exit_code == 0, done.output
    return done.output


def test_everybody_with_an_address_gets_their_own_link(
    event: Event,
    import_people: ImportPeople,
    office: Office,
    mailbox: Mailbox,
    environment: dict[str, str],
    make_phone: MakePhone,
    books: Books,
) -> None:
    import_people(event, *TABLE)
    assert "2 mails wait for the worker" in invite(event, environment)
    office.work()
    assert {mail["To"] for mail in mailbox.mails} == {"iris@example.org", "omar@example.org"}
    [mail] = [one for one in mailbox.mails if one["To"] == "iris@example.org"]
    text = mail.get_content()
    assert "Until you open it nobody is told about you." in text
    [link] = [line for line in text.splitlines() if line.startswith(BASE_URL)]
    phone = make_phone()
    assert phone.open(link).heading == "Welcome back, Iris Import"
    phone.tap("Sign in on this phone")
    assert books.named(event, "Iris Import").claimed_at is not None
    assert books.named(event, "Omar Import").claimed_at is None


def test_asking_again_invites_only_who_is_new(
    event: Event,
    import_people: ImportPeople,
    office: Office,
    mailbox: Mailbox,
    environment: dict[str, str],
) -> None:
    import_people(event, *TABLE)
    invite(event, environment)
    office.work()
    import_people(event, TABLE[0], "Lena Import,lena@example.org,Songs,Drums")
    assert "1 mails wait" in invite(event, environment)
    office.work()
    assert len(mailbox.mails) == 3


def test_without_a_mail_server_it_says_what_to_set(
    event: Event, environment: dict[str, str]
) -> None:
    done = CliRunner(env={**environment, "SMTP_URL": ""}).invoke(run, ["event", "invite", "x"])
    assert done.exit_code == 2
    assert "mail is off; set SMTP_URL and MAIL_FROM first" in done.output
