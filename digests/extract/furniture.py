"""Furniture: the lines around an article that are the site's, not the author's.

Rules are general (never a site's name) and written for the languages served and their neighbours. They are tried at the
edges of a text only, where furniture stands; `INSIDE` are the few that are certain anywhere.
"""

import re
from collections.abc import Sequence

from digests.extract.dates import published_in_line
from digests.language.words import fold

_TOP = 8  # lines looked at from either edge; sites put more below the text than above
_BOTTOM = 14
_LABEL_WORDS = 16  # a headline of a neighbouring article is no longer than this
_ENDS = tuple(".!?…»”\"'。！？।)")

_ERRORS = (
    r"\borphus\b|ctrl\s*\+\s*(?:enter|ввод)|(?:нашли|заметили|увидели|обнаружили) (?:в тексте )?(?:ошибк|опечатк|неточност)"
    r"|сообщить об (?:ошибке|опечатке)|(?:spot(?:ted)?|found|see|noticed|report) (?:an? )?(?:error|typo|mistake|bug)\b"
    r"|қате (?:тапсаңыз|байқасаңыз|таптыңыз|көрсеңіз)|қате туралы хабарла|знайшли помилку|ката тапсаңыз"
)
_RIGHTS = (
    r"^\W*(?:©|\(c\)|copyright\b)|©\s*(?:19|20)\d\d|\bcopyright (?:of|by|\(c\)|©|\d{4})|all rights reserved"
    r"|все права (?:защищены|охраняются)|барлық құқық\w* (?:қорғал|сақтал)|бардык укук|усі права захищен|alle rechte vorbehalten"
    r"|tous droits réservés|todos los derechos reservados|tüm hakları saklıdır"
    r"|may not be (?:reproduced|published|broadcast|rewritten|redistributed|copied)|reproduction .{0,40}prohibited"
    r"|(?:hyperlink|link back).{0,80}(?:obligatory|mandatory|required)|(?:citing|quoting|reprinting).{0,80}(?:link|reference)"
    r"|при (?:любом |полном |частичном )?(?:использовании|цитировании|копировании|перепечатке|публикации).{0,120}ссылк"
    r"|(?:гипер)?ссылк\w* .{0,80}обязательн|(?:перепечатк|копировани|использовани)\w* материал\w* .{0,80}(?:ссылк|разреш|согла)"
    r"|(?:гипер)?сілтеме .{0,60}міндетті|материал\w* .{0,60}(?:пайдалан|көшір)\w* .{0,60}сілтеме|шилтеме .{0,40}милдеттүү"
)
_ALSO = (
    r"read (?:also|more|next)|also read|see also|related(?: news| articles?| stories| posts?| content| topics| links)?"
    r"|relevant news|more (?:on this|news|stories|from)\b.{0,40}|most (?:read|popular|viewed|commented|discussed|shared)"
    r"|popular(?: now| news| posts)?|trending(?: now)?|latest(?: news| stories)?|top (?:news|stories)|recommended(?: for you)?"
    r"|you (?:may|might) (?:also )?like|editors?'?s? picks?|don't miss|up next|what to read next"
    r"|(?:читайте|читать|смотрите|смотреть)(?: также| еще| далее| по теме)|также по теме|(?:еще |материалы |новости )?по теме"
    r"|(?:другие|похожие|последние|главные|актуальные|свежие) (?:новости|материалы|статьи|публикации)|лента новостей"
    r"|самое (?:читаемое|популярное|обсуждаемое|интересное|важное)|популярн\w+(?: новости| материалы)?|рекомендуем.{0,20}"
    r"|(?:сондай-ақ|тағы(?: да)?) (?:оқыңыз|оқы)|оқи отырыңыз|ең (?:көп )?(?:оқылған|танымал)\w*|танымал(?: жаңалықтар)?"
    r"|(?:соңғы|ұқсас|басқа|өзекті) жаңалықтар|тақырып бойынша|осы тақырыпта|дагы окуңуз|акыркы жаңылыктар"
    r"|читайте також|новини по темі|lesen sie auch|mehr zum thema|(?:à )?lire aussi|lea también|te puede interesar"
    r"|ayrıca okuyun|ilgili haberler"
)
_SHARE = (
    r"share(?: this)?(?: (?:article|story|page|post|on|via|with)\b.{0,60})?|tweet|print|e-?mail|copy link|save|listen"
    r"|поделиться.{0,40}|поделитесь.{0,80}|рассказать друзьям|(?:рас)?печать|распечатать|версия для печати|отправить(?: другу)?"
    r"|скопировать ссылку|бөлісу.{0,30}|бөлісіңіз.{0,60}|басып шығару|сілтемені көшіру|teilen|partager|compartir|paylaş"
    r"|(?:follow|join|find) us\b.{0,100}|(?:subscribe|sign up)\b.{0,140}|подпи(?:шитесь|сывайтесь|саться|ска)\b.{0,160}"
    r"|присоединяйтесь.{0,100}|читайте нас.{0,80}|следите за (?:нами|нашими|новостями).{0,80}|(?:наш|мы в) (?:телеграм|telegram).{0,60}"
    r"|.{0,60}(?:жазылыңыз|қосылыңыз)\b.{0,60}|біздің (?:телеграм|telegram).{0,60}|больше новостей\b.{0,80}"
)
_MENU = (
    r"home|main|news|menu|search|contacts?(?: us)?|about(?: us)?|privacy(?: policy)?|terms(?: of (?:use|service))?|rss|archive"
    r"|advertis(?:e|ing|ement)s?(?: with us)?|sponsored|site ?map|back to top|skip to (?:main )?content|next|previous|close|more"
    r"|главная|новости|меню|поиск|контакты|о (?:нас|проекте|компании|сайте|редакции)|реклама(?: на сайте)?|архив|вакансии|наверх"
    r"|назад|далее|вперед|подробнее|еще|карта сайта|политика конфиденциальности|на правах рекламы|наши проекты|редакция"
    r"|басты бет|жаңалықтар|мәзір|іздеу|байланыс|біз туралы|жарнама|мұрағат|толығырақ|артқа|башкы бет|жаңылыктар"
    r"|(?:leave|add|post|write) a (?:comment|reply)|(?:view |show )?(?:all )?comments?|(?:оставить |добавить )?комментари[ийея]"
    r"|обсудить|обсуждение|пікір(?:лер| қалдыру)?|log ?in|sign in|register|войти|вход|регистрация|кіру|тіркелу"
    r"|рус(?:ский)?|қаз(?:ақша)?|каз|eng(?:lish)?|қазақ тілі|кыргызча"
)
_CREDIT = (
    r"(?:photo|image|picture|source|tags?|topics?|filed under|фото|источник|теги?|метки|темы?|рубрик\w+|ключевые слова"
    r"|сурет|дереккөз|тегтер|тақырып|foto|quelle|etiketler|kaynak)\s*(?::|by\b|/|©).{0,120}"
)
_TECHNICAL = (
    r"(?:we|site|website) uses? cookies|accept (?:all )?cookies|использу\w+ (?:файлы )?cookie|cookie файл"
    r"|media playback is (?:not supported|unsupported)|(?:enable|requires?|disabled) javascript|javascript is (?:disabled|required)"
    r"|включите javascript|ad ?block(?:er)?|your browser (?:does not|is not|isn't)|ваш браузер не"
    r"|share this with\b|external sites? content"
)
_COUNTER = (
    r"(?:[\d\s.,]+[kкм]?\s*)?(?:views?|reads?|hits|shares?|comments?|likes?|min(?:ute)?s? read|просмотр\w*|прочтен\w*|прочитали"
    r"|комментари\w*|лайк\w*|мин(?:ут\w*)? (?:на )?чтени\w|қарал\w*|көрілім\w*|пікір\w*|оқыл\w*|рет (?:оқылды|қаралды)|көрүү\w*|görüntülenme)"
    r"[\s:]*[\d\s.,]*[kк]?|[\W\d]{1,24}"
)
_NETWORK = (
    r"facebook|twitter|x|vk|вк|вконтакте|telegram|телеграм|whatsapp|viber|linkedin|instagram|ok|одноклассники|pinterest|reddit"
    r"|threads|youtube|tiktok|messenger|email|e-mail|google|news|rss|дзен|dzen|link|copy|print|share|fb|on|in|и|в|and"
)
_ADDRESS = r"(?:https?://|www\.)\S+|@\w{3,}|t\.me/\S+"

_SEARCHED = re.compile(f"{_ERRORS}|{_RIGHTS}|{_TECHNICAL}")
_WHOLE = re.compile(
    rf"\W*(?:(?:{_ALSO}|{_SHARE}|{_MENU})(?:\W*\d*)?\W*|(?:{_ALSO})\s*[:→>»].{{0,200}}|{_CREDIT}|{_COUNTER}"
    rf"|(?:(?:{_NETWORK})\W+){{2,}}(?:{_NETWORK})?\W*|(?:{_NETWORK})|(?:{_ADDRESS})(?:\W+(?:{_ADDRESS}))*)\s*"
)
_CRUMB = re.compile(r"\s(?:/|>|»|›|\||•|→)\s")
_INSIDE = re.compile(
    rf"\W*(?:(?:read (?:also|more)|also read|see also|читайте (?:также|еще)|смотрите также|сондай-ақ оқыңыз|тағы оқыңыз"
    rf"|lire aussi|lesen sie auch|читайте також)\s*:.{{0,200}}|advertisement|реклама|жарнама|на правах рекламы"
    rf"|media playback is (?:not supported|unsupported).{{0,60}}|(?:{_ADDRESS}))\s*"
)
_LONGEST = 400


def is_furniture(line: str) -> bool:
    """Whether a `line` at the edge of a text belongs to the site: a menu word, a share button, a counter, a notice."""
    if len(line) > _LONGEST:
        return False
    folded = fold(line).strip()
    return bool(_SEARCHED.search(folded) or _WHOLE.fullmatch(folded)) or _is_crumbs(folded)


def is_label(line: str) -> bool:
    """Whether `line` is too short and open-ended to be a sentence: a heading, a link, a name."""
    return not line.rstrip().endswith(_ENDS) and len(line.split()) < _LABEL_WORDS


def without_furniture(lines: Sequence[str]) -> list[str]:
    """`lines`, none of them blank, without the furniture at both edges and the certain kinds of it inside."""
    start = next((at for at, line in enumerate(lines[:_TOP]) if not _opens_nothing(line)), min(_TOP, len(lines)))
    stop = _bottom(lines, start)
    return [line for line in lines[start:stop] if not _INSIDE.fullmatch(fold(line[: _LONGEST + 1]))]


def _opens_nothing(line: str) -> bool:
    return is_furniture(line) or published_in_line(line) is not None


def _bottom(lines: Sequence[str], start: int) -> int:
    """Where the text ends: before the first line of furniture that only furniture, links and labels follow."""
    stop = len(lines)
    for at in range(len(lines) - 1, max(start, len(lines) - _BOTTOM) - 1, -1):
        if _opens_nothing(lines[at]):
            stop = at
        elif not is_label(lines[at]):
            break
    return stop


def _is_crumbs(folded: str) -> bool:
    """Whether the line is a trail of short names: "home / news / economy"."""
    pieces = _CRUMB.split(folded)
    return len(pieces) > 2 and all(len(piece.split()) <= 3 for piece in pieces) and not folded.endswith(".")  # noqa: PLR2004
