"""The wording of furniture, by kind: regular expressions over folded lines, one line of alternatives each.

A line break inside a table parts alternatives just as "|" does.
"""


def any_of(table: str) -> str:
    """One pattern for all the alternatives of `table`."""
    return "|".join(line.strip() for line in table.strip().splitlines())


ERRORS = any_of(
    r"""
    \borphus\b|ctrl\s*\+\s*(?:enter|ввод)
    (?:нашли|заметили|увидели|обнаружили) (?:в тексте )?(?:ошибк|опечатк|неточност)|сообщить об (?:ошибке|опечатке)
    (?:spot(?:ted)?|found|see|noticed|report) (?:an? )?(?:error|typo|mistake|bug)\b
    қате (?:тапсаңыз|байқасаңыз|таптыңыз|көрсеңіз)|қате туралы хабарла|знайшли помилку|ката тапсаңыз
    """,
)
CITATION = any_of(
    r"""
    (?:hyperlink|link back|active link).{0,80}(?:obligatory|mandatory|required|must)
    (?:citing|quoting|reprinting|when using).{0,80}(?:link|reference)|be reproduced without (?:a )?(?:link|reference)
    при (?:любом |полном |частичном )?(?:использовании|цитировании|копировании|перепечатке|публикации).{0,120}ссылк
    (?:гипер)?ссылк\w* .{0,80}обязательн|(?:гипер)?сілтеме .{0,60}міндетті
    материал\w* .{0,60}(?:пайдалан|көшір)\w* .{0,60}сілтеме|шилтеме .{0,40}милдеттүү
    (?:гіпер)?посилання .{0,80}обов.язков|havola .{0,60}(?:shart|majburiy)|ҳавола .{0,60}(?:шарт|мажбурий)
    """,
)
"""A publisher's wish to be linked wherever it is cited."""

RIGHTS = any_of(
    r"""
    ^\W*(?:©|\(c\)|copyright\b)|©\s*(?:19|20)\d\d|\bcopyright (?:of|by|\(c\)|©|\d{4})|all rights reserved
    все права (?:защищены|охраняются)|барлық құқық\w* (?:қорғал|сақтал)|бардык укук|усі права захищен
    alle rechte vorbehalten|tous droits réservés|todos los derechos reservados|tüm hakları saklıdır
    may not be (?:reproduced|published|broadcast|rewritten|redistributed|copied)|reproduction .{0,40}prohibited
    (?:перепечатк|копировани|использовани)\w* материал\w* .{0,80}(?:ссылк|разреш|согла)
    """,
)
ALSO = any_of(
    r"""
    read (?:also|more|next)|also read|see also|related(?: news| articles?| stories| posts?| content| topics| links)?
    relevant news|more (?:on this|news|stories|from)\b.{0,40}
    most (?:read|popular|viewed|commented|discussed|shared)|popular(?: now| news| posts)?|trending(?: now)?
    latest(?: news| stories)?|top (?:news|stories)|recommended(?: for you)?|you (?:may|might) (?:also )?like
    editors?'?s? picks?|don't miss|up next|what to read next
    (?:читайте|читать|смотрите|смотреть)(?: также| еще| далее| по теме)|также по теме
    (?:еще |материалы |новости )?по теме
    (?:другие|похожие|последние|главные|актуальные|свежие) (?:новости|материалы|статьи|публикации)|лента новостей
    самое (?:читаемое|популярное|обсуждаемое|интересное|важное)|популярн\w+(?: новости| материалы)?
    рекомендуем.{0,20}|(?:сондай-ақ|тағы(?: да)?) (?:оқыңыз|оқы)|оқи отырыңыз|ең (?:көп )?(?:оқылған|танымал)\w*
    танымал(?: жаңалықтар)?|(?:соңғы|ұқсас|басқа|өзекті) жаңалықтар|тақырып бойынша|осы тақырыпта|дагы окуңуз
    акыркы жаңылыктар|читайте також|новини по темі|lesen sie auch|mehr zum thema|(?:à )?lire aussi|lea también
    te puede interesar|ayrıca okuyun|ilgili haberler
    """,
)
SHARE = any_of(
    r"""
    share(?: this)?(?: (?:article|story|page|post|on|via|with)\b.{0,60})?|tweet|print|e-?mail|copy link|save|listen
    поделиться.{0,40}|поделитесь.{0,80}|рассказать друзьям|(?:рас)?печать|распечатать|версия для печати
    отправить(?: другу)?|скопировать ссылку|бөлісу.{0,30}|бөлісіңіз.{0,60}|басып шығару|сілтемені көшіру|teilen
    partager|compartir|paylaş|(?:follow|join|find) us\b.{0,100}|(?:subscribe|sign up)\b.{0,140}
    подпи(?:шитесь|сывайтесь|саться|ска)\b.{0,160}|присоединяйтесь.{0,100}|читайте нас.{0,80}
    следите за (?:нами|нашими|новостями).{0,80}|(?:наш|мы в) (?:телеграм|telegram).{0,60}
    .{0,60}(?:жазылыңыз|қосылыңыз)\b.{0,60}|біздің (?:телеграм|telegram).{0,60}|больше новостей\b.{0,80}
    """,
)
MENU = any_of(
    r"""
    home|main|news|menu|search|contacts?(?: us)?|about(?: us)?|privacy(?: policy)?|terms(?: of (?:use|service))?|rss
    archive|advertis(?:e|ing|ement)s?(?: with us)?|sponsored|site ?map|back to top|skip to (?:main )?content|next
    previous|close|more|главная|новости|меню|поиск|контакты|о (?:нас|проекте|компании|сайте|редакции)
    реклама(?: на сайте)?|архив|вакансии|наверх|назад|далее|вперед|подробнее|еще|карта сайта
    политика конфиденциальности|на правах рекламы|наши проекты|редакция|басты бет|жаңалықтар|мәзір|іздеу|байланыс
    біз туралы|жарнама|мұрағат|толығырақ|артқа|башкы бет|жаңылыктар|(?:leave|add|post|write) a (?:comment|reply)
    (?:view |show )?(?:all )?comments?|(?:оставить |добавить )?комментари[ийея]|обсудить|обсуждение
    пікір(?:лер| қалдыру)?|log ?in|sign in|register|войти|вход|регистрация|кіру|тіркелу|рус(?:ский)?|қаз(?:ақша)?
    каз|eng(?:lish)?|қазақ тілі|кыргызча|tags?|теги|метки|тегтер|read the full story|full story
    """,
)
CREDIT = any_of(
    r"""
    (?:photo|image|picture|source|tags?|topics?|filed under|фото|источник|теги?|метки|темы?|рубрик\w+|ключевые слова
    сурет|дереккөз|тегтер|тақырып|foto|quelle|etiketler|kaynak)\s*(?::|by\b|/|©).{0,120}
    """,
)
LETTER = any_of(
    r"""
    (?:sign up|subscribe|register)\b.{0,80}\b(?:newsletters?|inbox|e-?mails?|updates|alerts)\b.{0,80}
    (?:get|receive|want)\b.{0,80}\b(?:in|to) your (?:inbox|e-?mail)\b.{0,80}|keep an eye on your inbox\b.{0,60}
    thanks for (?:signing up|subscribing)\b.{0,60}|(?:there was )?an error processing your subscription.{0,20}
    download (?:the|our) .{0,30}\bapp\b.{0,80}|click here (?:to|for)\b.{0,80}
    подпи(?:шитесь|сывайтесь|саться) (?:на|и)\b.{0,80}(?:рассылк|канал|новост|телеграм|telegram|youtube|дзен)\w*.{0,60}
    читайте нас в\b.{0,80}|(?:скачайте|установите) (?:наше )?приложение\b.{0,80}|підпи(?:шіться|суйтесь).{0,120}
    .{0,60}(?:арнамызға|каналымызға|парақшамызға) (?:жазыл|тіркел)\w*.{0,60}|.{0,60}каналыбызга (?:жазыл|катт)\w*.{0,40}
    (?:newsletter|jetzt) .{0,40}abonnieren.{0,20}|(?:inscrivez|abonnez)-vous\b.{0,80}|suscr[ií]bete\b.{0,80}
    assine\b.{0,40}newsletter.{0,40}|iscriviti\b.{0,60}newsletter.{0,40}|bültenimize abone\b.{0,40}
    .{0,60}(?:kanalimizga|kanalimizga) obuna\b.{0,40}
    """,
)
REPORTERS = any_of(
    r"""
    \(?(?:additional )?(?:reporting|writing|editing) by\b.{0,300}
    .{0,120}\bcontributed to this (?:report|story|article)\b.{0,20}
    (?:e-?mail|contact|reach)\b.{0,60}(?: at \S+@\S+|on twitter|reporters?\b).{0,120}
    .{0,60}\b(?:may|can) be (?:reached|contacted) at\b.{0,200}|(?:do you )?have a (?:news )?tip\b.{0,200}
    follow \S+(?: \S+){0,4} on (?:twitter|facebook|x|instagram|telegram|linkedin)\b.{0,120}
    tell us what you think\b.{0,40}|(?:last )?updated?(?: at| on|:)? [\d(].{0,40}|explore further
    (?:автор|подготовил|подготовила|перевод|перевел|перевела|редактор)\s*:.{0,80}
    (?:обновлено|опубликовано|дополнено)[\s:,]*\d.{0,40}|(?:жаңартылды|жарияланды)[\s:,]*\d.{0,40}
    .{0,80}(?:комментари|comment|comentário|kommentar|pikir|пікір)\w*.{0,100}(?:модер|moder|aprovad).{0,80}
    """,
)
TECHNICAL = any_of(
    r"""
    (?:we|site|website) uses? cookies|accept (?:all )?cookies|использу\w+ (?:файлы )?cookie|cookie файл
    media playback is (?:not supported|unsupported)|(?:enable|requires?|disabled) javascript
    javascript is (?:disabled|required)|включите javascript|ad ?block(?:er)?|your browser (?:does not|is not|isn't)
    ваш браузер не|share this with\b|external sites? content
    """,
)
COUNTER = any_of(
    r"""
    (?:[\d\s.,]+[kкм]?\s*)?(?:views?|reads?|hits|shares?|comments?|likes?|min(?:ute)?s? read|просмотр\w*|прочтен\w*
    прочитали|комментари\w*|лайк\w*|мин(?:ут\w*)? (?:на )?чтени\w|қарал\w*|көрілім\w*|пікір\w*|оқыл\w*|рет (?:оқылды
    қаралды)|көрүү\w*|görüntülenme)[\s:]*[\d\s.,]*[kк]?
    [\W\d]{1,24}
    """,
)
NETWORK = any_of(
    r"""
    facebook|twitter|x|vk|вк|вконтакте|telegram|телеграм|whatsapp|viber|linkedin|instagram|ok|одноклассники
    pinterest|reddit|threads|youtube|tiktok|messenger|email|e-mail|google|news|rss|дзен|dzen|link|copy|print|share
    fb|on|in|и|в|and
    """,
)
ADDRESS = any_of(
    r"""
    (?:https?://|www\.)\S+|@\w{3,}|t\.me/\S+
    """,
)
