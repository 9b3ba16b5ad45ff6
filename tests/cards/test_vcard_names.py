"""Names of many scripts in FN and N: whole, once, and never guessed apart."""

from collections.abc import Callable
from typing import Any

import pytest
import vobject

from matchmaker.cards.vcard import write_vcard
from matchmaker.cards.vcard_for_qr import vcard_for_qr
from matchmaker.people.card import CardFields

NAMES = {
    "Vietnamese": "Nguyễn Thị Minh Khai",
    "Hebrew": "נֹעָה בן־דוד",
    "Italian": "Niccolò D'Amìco",
    "Arabic": "فاطمة الزهراء",
    "Persian": "علی\u200cرضا محمدی",
    "Urdu": "عائشہ صدیقہ",
    "Greek": "Ελένη Παπαδοπούλου",
    "Russian": "Анна Ивановна Щербакова",
    "Ukrainian": "Олексій Їжакевич",
    "Georgian": "ნინო ჩხეიძე",
    "Armenian": "Անահիտ Սարգսյան",
    "Amharic": "አበበ ቢቂላ",
    "Hindi": "लक्ष्मी श्रीवास्तव",
    "Bengali": "রবীন্দ্রনাথ ঠাকুর",
    "Punjabi": "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ",
    "Gujarati": "હાર્દિક પટેલ",
    "Tamil": "சுப்பிரமணியம்",
    "Telugu": "వెంకటేశ్వర్లు",
    "Kannada": "ವಿಶ್ವೇಶ್ವರಯ್ಯ",
    "Malayalam": "ലക്ഷ്മി നായർ",
    "Sinhala": "ශ්\u200dරී ලාල්",
    "Thai": "สมชาย ใจดี",
    "Lao": "ສົມພອນ",
    "Khmer": "សុខ សុភាព",
    "Burmese": "အောင်ဆန်း",
    "Tibetan": "བསྟན་འཛིན་",
    "Chinese": "欧阳修",
    "rare Han": "𠮷野𠀋子",
    "Japanese": "山田　太郎",
    "Korean": "남궁민수",
    "Mongolian": "ᠪᠠᠲᠤ",
    "Cherokee": "ᏎᏉᏯ",
    "Yoruba": "Ọláyínká Adébáyọ̀",
    "Icelandic": "Þórður Ægisson",
    "Turkish": "İlkay Gündoğdu",
    "Emoji": "Mai 👩🏽‍💻",
    "Quotes": 'Seán "Jack" O’Neill; Jr., Esq.',
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())
def test_a_name_of_any_script_arrives_whole(
    name: str, read_vcards: Callable[..., list[Any]]
) -> None:
    card = CardFields(name=name)
    for data in (write_vcard(card), vcard_for_qr(card)):
        (strict,) = read_vcards(data, longest=400)
        assert strict.one("FN").value == name
        assert strict.one("N").parts == ("", name, "", "", "")
        (other,) = vobject.readComponents(data.decode())
        assert other.fn.value == name
        assert (other.n.value.given, other.n.value.family) == (name, "")


@pytest.mark.parametrize(
    ("whole", "family", "given", "parts"),
    [
        ("Nguyễn Thị Minh Khai", "Nguyễn", "Khai", ("Nguyễn", "Khai", "Thị Minh", "", "")),
        ("Anna Bianchi", "Bianchi", "Anna", ("Bianchi", "Anna", "", "", "")),
        ("Bianchi Anna", "Bianchi", "Anna", ("Bianchi", "Anna", "", "", "")),
        (
            "Dr. Anna Maria Bianchi, PhD",
            "Bianchi",
            "Anna",
            ("Bianchi", "Anna", "Maria", "Dr.", "PhD"),
        ),
        ("欧阳修", "欧阳", "修", ("欧阳", "修", "", "", "")),
        ("山田　太郎", "山田", "太郎", ("山田", "太郎", "", "", "")),
        ("Lee Lee", "Lee", "Lee", ("Lee", "Lee", "", "", "")),
        ("Anna Annabelli", "Annabelli", "Anna", ("Annabelli", "Anna", "", "", "")),
        # A part inside a word is no part of the name as written.
        ("Annamaria Bianchi", "Bianchi", "Anna", ("Bianchi", "Anna", "", "", "")),
        # The parts are not in the whole name: they stand as their owner typed them.
        ("Mai", "Trần", "Thị Mai", ("Trần", "Thị Mai", "", "", "")),
        # One part alone would hide the rest of the name on a phone.
        ("Mai Trần", "", "Mai", ("", "Mai Trần", "", "", "")),
        ("Mai Trần", "Trần", "", ("", "Mai Trần", "", "", "")),
        ("", "Trần", "Mai", ("Trần", "Mai", "", "", "")),
    ],
)
def test_n_holds_the_known_parts_and_every_other_word_once(
    whole: str,
    family: str,
    given: str,
    parts: tuple[str, ...],
    read_vcards: Callable[..., list[Any]],
) -> None:
    card = CardFields(name=whole, family_name=family, given_name=given)
    (read,) = read_vcards(write_vcard(card))
    assert read.one("N").parts == parts
    assert read.one("FN").value == (whole or f"{given} {family}")


def test_a_card_without_a_name_is_called_by_what_it_shows(
    read_vcards: Callable[..., list[Any]],
) -> None:
    for card, shown in (
        (CardFields(call_name="Khai", email="k@example.org"), "Khai"),
        (CardFields(organization="Sao Mai", phone="+84901234567"), "Sao Mai"),
        (CardFields(phone="+84901234567"), "+84901234567"),
    ):
        (read,) = read_vcards(write_vcard(card))
        assert read.one("FN").value == shown
        assert read.all("NICKNAME") == []
