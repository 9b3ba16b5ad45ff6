"""My photo: small, clean, and only for those who get it with my card."""

from io import BytesIO

import pytest
import vobject
from fixtures.attendees import Cast
from fixtures.cards import AddPhoto, BadgeOf, make_jpeg
from fixtures.databases import POSTGRES, SQLITE
from fixtures.pages import Page
from fixtures.phones import Phone
from fixtures.venue import Books, KeyOf, SignIn
from PIL import Image

from matchmaker.cards.photo import MOST_OCTETS

both_databases = pytest.mark.parametrize(
    "backend", [SQLITE, pytest.param(POSTGRES, marks=pytest.mark.postgres)]
)


def send_photo(phone: Phone, data: bytes) -> Page:
    """Send a whole photo as a browser writes it (RFC 7578)."""
    return upload(phone, "/me/card/photo", {"photo": data})


def upload(phone: Phone, path: str, files: dict[str, bytes]) -> Page:
    parts = [("csrf_token", "", phone.token.encode())]
    parts += [(name, '; filename="me.jpg"', data) for name, data in files.items()]
    body = b"".join(
        b'--line\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n'
        % (name.encode(), rest.encode(), data)
        for name, rest, data in parts
    )
    kind = "multipart/form-data; boundary=line"
    return phone.send_raw(path, body + b"--line--\r\n", kind)


def make_camera_photo() -> bytes:
    """A picture of some megabytes with the place it was taken in it."""
    noise = Image.effect_noise((2600, 2000), 90).convert("RGB")
    exif = Image.Exif()
    exif[0x010F] = "SECRET CAMERA"
    file = BytesIO()
    noise.save(file, "JPEG", quality=95, exif=exif)
    return file.getvalue()


@both_databases
def test_a_photo_becomes_small_and_forgets_its_camera(
    cast: Cast, sign_in: SignIn, books: Books
) -> None:
    phone = sign_in(cast.ada)
    data = make_camera_photo()
    # Far more than any other form may send.
    assert len(data) > 1024 * 1024
    assert send_photo(phone, data).status == 302
    assert "Your photo is on your card." in phone.open("/me/card/edit").news
    public_id = books.attendee(cast.ada).person.business.photo
    page = phone.open(f"/photo/{public_id}")
    assert page.headers["Content-Type"] == "image/jpeg"
    assert page.headers["Cache-Control"] == "private, max-age=86400"
    assert len(page.data) <= MOST_OCTETS
    assert b"SECRET" not in page.data
    assert b"Exif" not in page.data
    assert Image.open(BytesIO(page.data)).size == (400, 400)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"GIF89a<script>alert(1)</script>",
        make_jpeg() + b"<script>alert(1)</script>",
        make_jpeg() + b"PK\x05\x06" + bytes(18),
        b"\xff\xd8\xff\xe0 not really",
        b"just words",
    ],
    ids=["empty", "svg", "gif", "page too", "archive too", "broken", "words"],
)
def test_what_is_no_clean_photo_is_refused_in_words(
    cast: Cast, sign_in: SignIn, books: Books, data: bytes
) -> None:
    phone = sign_in(cast.ada)
    assert send_photo(phone, data).status == 302
    assert phone.open("/me/card/edit").root.of_class("notice--wrong")
    assert books.attendee(cast.ada).person.business.photo == ""


def test_too_large_a_file_is_refused_before_it_is_read(
    cast: Cast, sign_in: SignIn, books: Books
) -> None:
    phone = sign_in(cast.ada)
    assert send_photo(phone, b"\xff\xd8" + bytes(13 * 1024 * 1024)).status == 413
    assert books.attendee(cast.ada).person.business.photo == ""


def test_only_this_one_form_takes_more_than_usual(cast: Cast, sign_in: SignIn) -> None:
    large = {"photo": make_jpeg() + bytes(300 * 1024)}
    assert upload(sign_in(cast.ada), "/me/card/edit", large).status == 413


def test_a_photo_is_for_contacts_and_who_holds_the_live_code(
    cast: Cast,
    phone: Phone,
    sign_in: SignIn,
    code_of: KeyOf,
    badge_of: BadgeOf,
    add_photo: AddPhoto,
) -> None:
    photo, code = add_photo(cast.bo), code_of(cast.bo)
    adas, dees = sign_in(cast.ada), sign_in(cast.dee)
    for stranger in (phone, adas, dees):
        assert stranger.open(f"/photo/{photo}").status == 404
        assert stranger.open(f"/photo/{photo}?code={code}").status == 200
        assert stranger.open(f"/photo/{photo}?code={badge_of(cast.bo)}").status == 404
        assert stranger.open(f"/photo/{photo}?code={code_of(cast.cy)}").status == 404
    [shown] = phone.open(f"/c/{code}").root.of_class("card__photo")
    assert phone.open(shown.attributes["src"]).status == 200
    adas.send(f"/c/{code}/exchange")
    assert adas.open(f"/photo/{photo}").status == 200
    bos = sign_in(cast.bo)
    bos.open("/me/card")
    bos.tap("Make a new code")
    assert phone.open(f"/photo/{photo}?code={code}").status == 404
    assert adas.open(f"/photo/{photo}").status == 200


def test_a_hidden_photo_is_seen_by_its_owner_alone(
    cast: Cast, phone: Phone, sign_in: SignIn, code_of: KeyOf, add_photo: AddPhoto
) -> None:
    photo, code = add_photo(cast.bo), code_of(cast.bo)
    adas, bos = sign_in(cast.ada), sign_in(cast.bo)
    adas.send(f"/c/{code}/exchange")
    bos.open("/me/card/edit")
    bos.fill({"Show my photo": False}, "Save")
    assert bos.open(f"/photo/{photo}").status == 200
    assert adas.open(f"/photo/{photo}").status == 404
    assert phone.open(f"/photo/{photo}?code={code}").status == 404
    assert not phone.open(f"/c/{code}").root.of_class("card__photo")


def test_taking_the_photo_off_can_be_undone_until_it_is_deleted(
    cast: Cast, phone: Phone, sign_in: SignIn, code_of: KeyOf, add_photo: AddPhoto
) -> None:
    photo, code = add_photo(cast.bo), code_of(cast.bo)
    bos = sign_in(cast.bo)
    bos.open("/me/card/edit")
    bos.tap("Take it off my card")
    assert phone.open(f"/photo/{photo}?code={code}").status == 404
    bos.tap("Put it back")
    assert phone.open(f"/photo/{photo}?code={code}").status == 200
    bos.tap("Take it off my card")
    bos.tap("Delete it for good")
    assert "Put it back" not in bos.page.buttons
    assert bos.open(f"/photo/{photo}").status == 404


def test_the_saved_contact_carries_the_photo(
    cast: Cast, phone: Phone, code_of: KeyOf, add_photo: AddPhoto
) -> None:
    add_photo(cast.bo)
    card = vobject.readOne(phone.open(f"/c/{code_of(cast.bo)}/contact.vcf").data.decode())
    assert Image.open(BytesIO(card.photo.value)).format == "JPEG"


def test_nobody_changes_a_photo_without_being_signed_in(
    cast: Cast, phone: Phone, add_photo: AddPhoto, sign_in: SignIn
) -> None:
    photo = add_photo(cast.bo)
    assert send_photo(phone, make_jpeg()).status == 404
    for deed in ("off", "back", "delete"):
        assert phone.send(f"/me/card/photo/{deed}").status == 404
    sign_in(cast.ada).send("/me/card/photo/delete")
    assert sign_in(cast.bo).open(f"/photo/{photo}").status == 200
