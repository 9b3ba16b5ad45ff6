"""What a question of a ticket form asks for, such as "What could you help somebody with?".

Ticket services let organizers ask freely and use the question as a column's header. Only open
questions count ("what", "who", "I need ..."): the answer to "Do you need parking?" is no need that
another guest could meet. All patterns work on headers as `fold_header` gives them.
"""

import re
from typing import Final

from matchmaker.documents.import_problem import Field

_ASKING: Final = (
    r"^(?:(?:in|with|for|about|to|di|a|con|per|da) )?"
    r"(?:what|whats|who|whom|which|how|where|cosa|che|chi|quale|quali|qual|come)\b"
)
_SAYING: Final = r"^(?:i|im|i m|my|io|posso|cerco|offro|vorrei|toi|אני)\b"
_ABOUT_THE_VENUE: Final = re.compile(
    r"\b(?:diet\w*|allerg\w*|parking|wheelchair|accessib\w*|special needs|meals?|food|lunch|dinner"
    r"|hotel|accommodation|invoice|visa|newsletter|t shirt|shirt|parcheggio|pasto|dieta"
    r"|intolleranz\w*|fattura|pranzo|cena|di ung|an chay|cho dau xe|hoa don|חניה|אלרגי\w*|כשרות)\b"
)
_PRESENTING_SELF: Final = re.compile(
    r"\bintroduce (?:you|me|yourself|myself)\b|\bpresentar(?:ti|mi|vi|la)\b"
    r"|\bgioi thieu (?:ban than|ve ban|ve minh|ve toi)\b|\bלהציג אותך\b|\bהצג את עצמך\b"
)
_INTRODUCING: Final = re.compile(
    rf"(?:{_ASKING}|{_SAYING}).*\b(?:introduce|presentare|presentarci)\b"
    r"|^(?:ban|anh chi|quy vi|toi)\b.*\bgioi thieu\b"
    r"|^(?:את מי|למי|עם מי)\b.*\b(?:להפגיש|לחבר|להכיר ל\w*|לקשר)\b"
)
_NEEDING: Final = re.compile(
    rf"(?:{_ASKING}|{_SAYING}).*\b(?:need|needs|looking for|seek|seeking|searching for|hope to"
    r"|want to (?:meet|find|get|learn)|like to (?:meet|find|get|learn)"
    r"|(?:like|want)(?: some)? help|(?:can|could) (?:we|others|somebody|someone|people) help"
    r"|help you|get out of"
    r"|cerchi|cerca|cercate|cercando|cerco|bisogno|ti serve|vi serve|le serve"
    r"|(?:incontrare|conoscere|trovare)|aiutarti|aiutarvi|aiutarla)\b"
    r"|^cerco\b|^looking for\b"
    r"|^(?:ban|anh chi|quy vi|toi)\b.*\b(?:(?:can|tim|muon|mong)(?: duoc)? "
    r"(?:gi|ai|nhung gi|giup|su giup|ho tro|gap|tim|hoc)|dang tim)\b"
    r"|^(?:מה|במה|את מי|מי|איך|אני|למה)\b.*\b(?:מחפש\w*|צריכ\w*|צריך|זקוק\w*|לפגוש|להכיר"
    r"|לעזור לך|לעזור לכם)\b"
)
_OFFERING: Final = re.compile(
    rf"{_ASKING}(?!.*\b(?:you need|you like|you want|looking)\b).*\byou\b.*"
    r"\b(?:offer|help|give|share|contribute|bring|teach|advise)\b"
    r"|^i (?:can|could)\b.*\b(?:offer|help|give|share|teach)\b"
    rf"|{_ASKING}.*\b(?:offri|offre|offrite|offrire|insegnare|condividere|aiutare|dare)\b"
    r"|^posso\b.*\b(?:offrire|aiutare|dare|insegnare|condividere)\b|^offro\b"
    r"|^(?:ban|anh chi|quy vi|toi)\b.*\bco the (?:giup|chia se|ho tro|cho|cung cap|dem lai)\b"
    r"|^(?:מה|במה|איך|אני)\b.*\b(?:להציע|מציע\w*|לעזור|לתרום|לתת|לחלוק)\b"
)
_HELPING_THE_ASKED: Final = re.compile(
    r"\b(?:help you|help do you|like help|like some help|want help|aiutarti|aiutarvi)\b"
    r"|\b(?:co the giup|ho tro) (?:ban|anh chi|quy vi)\b|לעזור לך|לעזור לכם"
)
_COUNTING: Final = re.compile(
    r"^how many\b.*\bmeet\b|^quante persone\b.*\b(?:incontrare|conoscere)\b"
    r"|\b(?:muon )?gap bao nhieu\b|^כמה אנשים\b"
)


def match_question(question: str) -> Field | None:
    """Return what the folded ``question`` asks for, or None where it is something else.

    A question that asks for two things at once is nobody's: its answers can't be told apart.
    """
    if _ABOUT_THE_VENUE.search(question):
        return None
    if _COUNTING.search(question):
        return Field.WISH
    if _PRESENTING_SELF.search(question):
        return Field.LINE
    if _INTRODUCING.search(question):
        return Field.CAN_INTRODUCE
    needs, offers = _NEEDING.search(question), _OFFERING.search(question)
    if needs and offers:
        return Field.NEED if _HELPING_THE_ASKED.search(question) else None
    if needs:
        return Field.NEED
    return Field.OFFER if offers else None
