"""Headers and questions, told in the languages and by the programs that organizers use."""

from collections import defaultdict

import pytest

from matchmaker.documents.header_match import fold_header, match_headers
from matchmaker.documents.header_words import HEADER_WORDS
from matchmaker.documents.import_problem import Field
from matchmaker.documents.question_match import match_question


def fields(*headers: str) -> dict[str, Field]:
    return {column.header: column.field for column in match_headers(headers)}


def asked(question: str) -> Field | None:
    return match_question(fold_header(question))


def test_no_header_means_two_things() -> None:
    meanings: dict[str, set[Field]] = defaultdict(set)
    for field, _rank, phrases in HEADER_WORDS:
        for phrase in phrases.split(" | "):
            meanings[fold_header(phrase).replace(" ", "")].add(field)
    assert {key: found for key, found in meanings.items() if len(found) > 1} == {}
    assert "" not in meanings


@pytest.mark.parametrize(
    "header", ["E-Mail", "EMAIL", " e mail: ", "\ufeffEmail", "é-mail", "E_mail"]
)
def test_case_accents_blanks_and_punctuation_do_not_matter(header: str) -> None:
    assert list(fields(header).values()) == [Field.EMAIL]


def test_plain_names_are_parts_beside_their_other_part() -> None:
    assert fields("Nome")["Nome"] is Field.NAME
    assert fields("Nome", "Cognome")["Nome"] is Field.GIVEN_NAME
    assert fields("Họ", "Tên")["Tên"] is Field.GIVEN_NAME
    assert fields("Vorname", "Name")["Name"] is Field.FAMILY_NAME
    assert fields("name", "first_name", "last_name")["name"] is Field.NAME


def test_parts_of_the_name_of_whom_the_bill_goes_to_are_not_the_attendees() -> None:
    found = fields("Attendee name", "Attendee name: Given name", "Invoice address name: Given name")
    assert found == {"Attendee name": Field.NAME, "Attendee name: Given name": Field.GIVEN_NAME}


def test_a_position_is_a_job_unless_it_belongs_to_an_order() -> None:
    assert fields("Name", "Position")["Position"] is Field.ROLE
    assert fields("Bestellnummer", "Position")["Position"] is Field.POSITION


@pytest.mark.parametrize(
    "headers",
    [
        ("Order code", "Position ID", "Status", "Email", "Phone number", "Attendee name"),
        ("Bestellnummer", "Position", "Status", "E-Mail", "Telefonnummer", "Name Teilnehmer*in"),
        (
            "Codice ordine",
            "ID posizione",
            "Stato",
            "Email",
            "Numero di telefono",
            "Nome del partecipante",
        ),
        (
            "Mã đặt hàng",
            "ID vị trí",
            "Trạng thái",
            "Hộp thư điện tử",
            "Số điện thoại",
            "Tên người tham dự",
        ),
        ("קוד הזמנה", "מזהה פריט", "סטטוס", "אימייל", "מספר טלפון", "שם משתתף"),
        (
            "Code de commande",
            "ID de la position",
            "Statut",
            "E-Mail",
            "Numéro de téléphone",
            "Nom du participant",
        ),
    ],
    ids=["en", "de", "it", "vi", "he", "fr"],
)
def test_pretix_is_understood_in_six_languages(headers: tuple[str, ...]) -> None:
    expected = [Field.ORDER, Field.POSITION, Field.STATUS, Field.EMAIL, Field.PHONE, Field.NAME]
    assert [column.field for column in match_headers(headers)] == expected


def test_an_attendees_own_column_goes_before_the_orders() -> None:
    columns = match_headers(["Email", "Attendee email", "Buyer email"])
    by_rank = sorted(columns, key=lambda column: column.rank)
    assert [column.header for column in by_rank] == ["Attendee email", "Email", "Buyer email"]


def test_repeated_headers_keep_their_places() -> None:
    columns = match_headers(["Company", "Address", "Company"])
    assert [(column.index, column.field) for column in columns] == [
        (0, Field.ORGANIZATION),
        (2, Field.ORGANIZATION),
    ]


@pytest.mark.parametrize(
    "question",
    [
        "What could you help somebody with?",
        "What do you offer?",
        "How can you help others?",
        "Which skills could you share?",
        "I can help with ...",
        "Cosa puoi offrire agli altri?",
        "In cosa potresti aiutare qualcuno?",
        "Bạn có thể giúp gì cho người khác?",
        "Bạn có thể chia sẻ điều gì?",
        "במה תוכלו לעזור למישהו?",
        "מה אתה יכול להציע?",
    ],
)
def test_questions_for_an_offer(question: str) -> None:
    assert asked(question) is Field.OFFER


@pytest.mark.parametrize(
    "question",
    [
        "What are you looking for?",
        "Who would you like to meet?",
        "What do you need help with?",
        "How can we help you?",
        "What would you like help with?",
        "What do you hope to get out of the evening?",
        "Cosa cerchi?",
        "Di cosa hai bisogno?",
        "Chi vorresti incontrare?",
        "Come possiamo aiutarti?",
        "Bạn đang tìm gì?",
        "Bạn cần giúp gì?",
        "Bạn muốn gặp ai?",
        "מה אתם מחפשים?",
        "את מי תרצו לפגוש?",
        "איך נוכל לעזור לך?",
    ],
)
def test_questions_for_a_need(question: str) -> None:
    assert asked(question) is Field.NEED


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ("Whom could you introduce to others?", Field.CAN_INTRODUCE),
        ("Chi puoi presentare agli altri?", Field.CAN_INTRODUCE),
        ("Bạn có thể giới thiệu ai?", Field.CAN_INTRODUCE),
        ("How should we introduce you?", Field.LINE),
        ("Come presentarti?", Field.LINE),
        ("How many people would you like to meet?", Field.WISH),
        ("Quante persone vorresti conoscere?", Field.WISH),
    ],
)
def test_other_questions_of_ours(question: str, field: Field) -> None:
    assert asked(question) is field


@pytest.mark.parametrize(
    "question",
    [
        "Do you need parking?",
        "Do you need a certificate of attendance?",
        "Special needs",
        "What dietary needs do you have?",
        "Are you looking for a co-founder?",
        "How did you hear about this event?",
        "Where are you located (city+state or city+country)",
        "Which workshop would you like to attend?",
        "Can AI help you?",
        "Allergie o intolleranze?",
        "I agree to receive the newsletter",
    ],
)
def test_questions_for_something_else_are_left_alone(question: str) -> None:
    assert asked(question) is None


def test_a_consent_to_something_else_is_no_consent() -> None:
    assert fields("Consent") == {"Consent": Field.CONSENT}
    assert fields("Consent to marketing", "I consent to photos", "Newsletter consent") == {}


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("What's your company?", Field.ORGANIZATION),
        ("What is your job title?", Field.ROLE),
        ("Qual è il tuo ruolo?", Field.ROLE),
    ],
)
def test_a_question_for_a_field_of_the_card(header: str, field: Field) -> None:
    assert fields(header) == {header: field}
