"""Words that carry no subject: function words, and the formulas of asking and offering.

"Looking for", "cerco", "cần", "מחפש" stand in almost every need, so two people who share them
share nothing. The lists are written for this project, for the way people speak of themselves at
events; they are merged, because people mix languages within one sentence, but for Vietnamese.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from matchmaker.affinity.text import Token

_WESTERN_FUNCTION_WORDS: Final = """
a an the and or but nor so if then than as at by for from in into of off on onto out over per to
toward towards under until up upon via with within without between among through during before
after about above across against along around behind below beside besides beyond down since
i me my mine myself we us our ours ourselves you your yours yourself he him his she her hers it
its they them their theirs this that these those who whom whose which what when where why how
there here am is are was were be been being do does did done doing has have had having will would
shall should can could may might must ought not no yes very too also just only even still yet
already ever never always often sometimes again else quite rather really some any each every all
both few many much more most less least several other others another such same own one ones
something someone somebody anyone anybody anything everything everyone nothing nobody thing things
lot lots bit kind kinds sort sorts etc eg ie like well don didn doesn isn aren wasn won ll ve re
im youre theyre whether because while though although however therefore thus instead
io tu lui lei noi voi loro mi ti ci vi si lo la li le gli ne me te ce ve se il i un uno una
di a da in con su per tra fra del dello della dei degli delle al allo alla ai agli alle dal dallo
dalla dai dagli dalle nel nello nella nei negli nelle sul sullo sulla sui sugli sulle col coi
e ed o od ma però anche pure che chi cui cosa come dove quando perché perchè quale quali quanto
quanta quanti quante non no sì più meno molto molta molti molte poco poca pochi poche tanto tanta
tanti tante troppo tutto tutta tutti tutte ogni ognuno alcuno alcuna alcuni alcune qualche
qualcuno qualcosa altro altra altri altre stesso stessa stessi stesse proprio propria propri
proprie mio mia miei mie tuo tua tuoi tue suo sua suoi sue nostro nostra nostri nostre vostro
vostra vostri vostre questo questa questi queste quello quella quelli quelle quel quei sono sei è
siamo siete era erano essere stato stata ho hai ha abbiamo avete hanno avere aveva sia così già
ancora sempre mai poi prima dopo qui qua lì là ecco quindi dunque mentre oppure sotto sopra senza
verso presso durante circa solo soltanto all dall dell nell sull un' l d c s
"""

_VIETNAMESE_FUNCTION_WORDS: Final = """
tôi tui mình ta chúng bạn em ông bà họ nó và hoặc hay nhưng mà thì là của cho với để từ tới
đến ở tại trong ngoài trên dưới trước sau giữa về theo bằng qua vào ra lên xuống lại đi nếu vì nên
do bởi khi lúc như cũng đều đã đang sẽ vừa mới từng chưa không chẳng được có còn chỉ rất quá
lắm hơn nhất những các mọi mỗi một vài nhiều ít này kia đó đây ấy gì ai nào rồi nữa cùng
nhau cả hết cái con chiếc
"""

_HEBREW_FUNCTION_WORDS: Final = """
אני אתה את אתם אתן אנחנו אנו הוא היא הם הן זה זו זאת אלה אלו של שלי שלך שלו שלה שלנו שלכם שלהם
עם על אל אצל בין לפני אחרי תחת מעל מתחת לפי בלי ללא כדי או אבל אך גם רק עוד כבר אם כי אשר כאשר
כש מה מי איך איפה מתי למה מדוע כמה איזה איזו אילו לא כן יש אין היה הייתה היו יהיה תהיה יהיו להיות
מאוד יותר פחות הכי כל כמו בתוך מתוך דרך עד מן אותו אותה אותם אותי אותנו אותך לי לך לו לה לנו לכם
להם בי בך בו בה בנו בהם ממני ממך ממנו מהם איתי איתך איתו איתנו עצמי עצמו משהו מישהו מישהי דבר
דברים אחד אחת כאן שם פה עכשיו תמיד לפעמים אולי ממש קצת הרבה מעט שוב אחר אחרת אחרים אחרות כזה כזאת
"""

_WESTERN_ASKING_AND_OFFERING: Final = """
look|looks|looked|looking|look for|seek|seeks|seeking|search|searching|need|needs|needed|needing
in need|want|wants|wanted|wanting|wish|wishes|would love|would like|love to|hope|hoping|try
trying|find|finding|meet|meeting people|get to know|connect with|hear from|talk to|speak to
get in touch|require|required|ask|asking|help|helps|helping|helped|help with|give|gives|giving
offer|offers|offered|offering|provide|provides|provided|providing|share|sharing|happy|glad
willing|able|available|interested|keen|please|thanks|thank you|welcome|good at|know how
experience|experienced|years of experience|years|year|people|person|anyone who|someone who
i can|can do|able to|make|makes|making|made|use|using|used|work|works|working|worked
new|good|great|best|right|want to|ready|currently|right now|today|advice on|introduce
introduction|introductions|get|gets|getting|let|go|going|come|take|bring|my own
cerco|cerca|cerchiamo|cercando|cercare|in cerca|alla ricerca|ricerca di|ho bisogno|bisogno
abbiamo bisogno|serve|servono|servirebbe|mi serve|ci serve|vorrei|vorremmo|voglio|desidero
mi piacerebbe|piacerebbe|piace|spero|trovare|trovo|incontrare|conoscere|parlare con|sentire
offro|offriamo|offre|offrire|propongo|proponiamo|posso|possiamo|può|potrei|aiuto|aiutare|aiutiamo
aiutarti|aiutarvi|do|diamo|dare|darti|fornisco|forniamo|fornire|metto a disposizione
a disposizione|disponibile|disponibili|disposto|disposta|condivido|condividere|volentieri|felice
mi occupo|ci occupiamo|occupo|faccio|facciamo|fare|lavoro come|lavoro da|sono un|sono una
grazie|per favore|esperienza|anni|anno|anni di esperienza|persona|persone|qualcuno che|chi sa
interessato|interessata|interessati|insegno|spiego|uso|usare|nuovo|nuova|nuovi|nuove|buono|buona
bravo|brava|consigli|consiglio|devo|dobbiamo|può|possa|possano|sappia|so|sappiamo|sa|stiamo|sto
"""

_VIETNAMESE_ASKING_AND_OFFERING: Final = """
cần|cần tìm|đang cần|tìm|tìm kiếm|đang tìm|muốn|mong|mong muốn|mong được|hy vọng|ước|thích
cần người|tìm người|người|ai đó|gặp|gặp gỡ|kết nối|làm quen|hỏi|nhờ|giúp|giúp đỡ|hỗ trợ|cung cấp
có thể|sẵn sàng|sẵn lòng|chia sẻ|tặng|cho mượn|chuyên|chuyên về|nhận|nhận làm|làm|biết|giỏi
kinh nghiệm|năm kinh nghiệm|năm|giới thiệu|hướng dẫn|xin|vui lòng|cảm ơn|rất vui|quan tâm
phù hợp|tốt|mới|hiện tại|hiện nay|bây giờ|dùng|sử dụng|phải|muốn được|lời khuyên
"""

_HEBREW_ASKING_AND_OFFERING: Final = """
מחפש|מחפשת|מחפשים|מחפשות|לחפש|חיפוש|צריך|צריכה|צריכים|צריכות|זקוק|זקוקה|זקוקים|זקוקות|דרוש
דרושה|דרושים|נדרש|רוצה|רוצים|רוצות|מעוניין|מעוניינת|מעוניינים|מעוניינות|אשמח|נשמח|שמח|שמחה
מבקש|מבקשת|מבקשים|בבקשה|תודה|מקווה|מקווים|למצוא|מוצא|מוצאת|לפגוש|להכיר|לדבר|לשמוע|להתחבר
מציע|מציעה|מציעים|מציעות|להציע|נותן|נותנת|נותנים|נותנות|לתת|יכול|יכולה|יכולים|יכולות|לעזור
עוזר|עוזרת|עוזרים|עוזרות|עזרה|מספק|מספקת|מספקים|לספק|משתף|משתפת|לשתף|עושה|עושים|עושות|לעשות
עובד|עובדת|ניסיון|שנות ניסיון|שנים|שנה|אנשים|אדם|איש|מישהו שיכול|יודע|יודעת|יודעים|לדעת
פנוי|פנויה|זמין|זמינה|מוכן|מוכנה|חדש|חדשה|חדשים|חדשות|טוב|טובה|טובים|עצה|להשתמש
מחזיק|מגיע|בא|הולך|לקבל|מקבל|להביא|מומחה|מומחית|עוסק|עוסקת|עוסקים|מתעסק|מתעסקת|חייב|חייבת
"""

_HEBREW_PARTICLES: Final = tuple("והבלמשכ")
_STRIPPED_LETTERS: Final = 3
_HEBREW: Final = range(0x05D0, 0x05EB)


_VIETNAMESE_LETTERS: Final = re.compile("[ăâđêôơưĩũỳỵỷỹ\u1ea0-\u1ef9]")
_VIETNAMESE_SHARE: Final = 0.3
"""A text of which so many words hold letters that only Vietnamese has is Vietnamese."""


@dataclass(frozen=True)
class _Stops:
    """Stop words, and stop phrases by their first word, the longest first."""

    words: frozenset[str]
    phrases: Mapping[str, tuple[tuple[str, ...], ...]]


def _read_stops(function_words: str, asking_and_offering: str) -> _Stops:
    phrases: dict[str, set[tuple[str, ...]]] = {}
    words = function_words.split()
    for phrase in (*asking_and_offering.replace("\n", "|").split("|"), *words):
        parts = tuple(phrase.split())
        if parts:
            phrases.setdefault(parts[0], set()).add(parts)
    return _Stops(
        frozenset(words),
        {first: tuple(sorted(found, key=len, reverse=True)) for first, found in phrases.items()},
    )


_ALL: Final = _read_stops(
    _WESTERN_FUNCTION_WORDS + _VIETNAMESE_FUNCTION_WORDS + _HEBREW_FUNCTION_WORDS,
    _WESTERN_ASKING_AND_OFFERING + _VIETNAMESE_ASKING_AND_OFFERING + _HEBREW_ASKING_AND_OFFERING,
)
_OF_VIETNAMESE: Final = _read_stops(
    _VIETNAMESE_FUNCTION_WORDS + _HEBREW_FUNCTION_WORDS,
    _VIETNAMESE_ASKING_AND_OFFERING + _HEBREW_ASKING_AND_OFFERING,
)
_FOLDED_VIETNAMESE: Final = frozenset({"toi", "minh", "chung", "cua", "cac", "nhung", "duoc"})


def is_function_word(word: str) -> bool:
    """Return whether a word in its comparable form only ties other words together."""
    return _is_function_word(word, _ALL.words)


@lru_cache(maxsize=16_384)
def _is_function_word(word: str, listed: frozenset[str]) -> bool:
    if word in listed or (len(word) == 1 and not word.isdigit()):
        return True
    bare = strip_particle(word)
    return word in _FOLDED_VIETNAMESE or (bare != word and bare in listed)


def strip_particle(word: str) -> str:
    """Return a Hebrew word without one attached particle, if three letters or more remain."""
    long_enough = len(word) > _STRIPPED_LETTERS
    if long_enough and word[0] in _HEBREW_PARTICLES and ord(word[1]) in _HEBREW:
        return word[1:]
    return word


def mark_stops(tokens: Sequence[Token]) -> list[bool]:
    """Return for each token of a text whether it is a function word or of a stop phrase.

    What is a function word in English or Italian is often a noun in Vietnamese (*da*, skin;
    *than*, coal), so in a Vietnamese text only its own count.
    """
    words = [token.word for token in tokens]
    stops_of = _OF_VIETNAMESE if _is_vietnamese(words) else _ALL
    stops = [_is_function_word(word, stops_of.words) for word in words]
    for place in range(len(words)):
        length = _stop_length(words, place, stops_of)
        stops[place : place + length] = [True] * length
    return stops


def _is_vietnamese(words: Sequence[str]) -> bool:
    own = sum(_VIETNAMESE_LETTERS.search(word) is not None for word in words)
    return own > 0 and own >= _VIETNAMESE_SHARE * len(words)


def _stop_length(words: Sequence[str], place: int, stops: _Stops) -> int:
    first = words[place]
    for start in {first, strip_particle(first)}:
        for phrase in stops.phrases.get(start, ()):
            if tuple(words[place + 1 : place + len(phrase)]) == phrase[1:]:
                return len(phrase)
    return 0
