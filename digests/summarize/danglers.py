"""How sentences begin that hang on the one before: pronouns, connectives and phrases, by language.

Lines of words, folded; a beginning of several words stands between commas.
"""

import re

from digests.language.tables import listed
from digests.language.words import words


def _phrases(table: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(words(phrase)) for phrase in table.replace("\n", ",").split(",") if phrase.strip())


PRONOUNS = {
    "en": listed(
        """
he she they it his her their its him them this that these those both neither others such there here
        """
    ),
    "ru": listed(
        """
он она оно они его ее их ему ей им нем ней них ним ними ими этом этими это этот эта эти этого
этой этому этих этим тот та те то того той тех там туда тогда такой такая такое такие такую таким такими
таком оба обе здесь столько
        """,
    ),
    "kk": listed(
        """
ол олар оның олардың оған оларға одан олардан бұл бұған бұны бұның бұдан осы осындай сол мұндай мұнда онда
        """
    ),
    "uk": listed(
        """
він вона воно вони його її їх йому їй їм це цей ця ці цього цієї цьому той та те ті там туди тоді такий
        """
    ),
    "ky": listed("ал алар анын алардын ага аларга бул буга мунун ошол ушул мындай анда"),
    "uz": listed(
        """
u ular uning ularning unga bu buni buning shu ushbu oʻsha у улар унинг уларнинг бу бунинг шу ушбу
        """
    ),
    "tr": listed("o onlar onun onların ona onlara bu bunlar bunun şu orada böyle"),
    "de": listed("er sie es ihr ihre sein seine dies diese dieser dieses das dort dabei"),
    "fr": listed("il elle ils elles ce cet cette ces ceci cela celui celle"),
    "es": listed("él ella ellos ellas este esta estos estas esto ese esa eso"),
}
"""Who opens a sentence with one of these speaks of somebody or something named before it."""

PREPOSITIONS = listed(
    "in at by for from of on to with after about в во на о об обо по при с со у к за из от для после до над под между"
)
"""Behind one of these the pronoun is still what the sentence begins with: "Об этом сообщил ..."."""

TIMES = listed(
    """
week month year summer autumn fall winter spring morning evening season weekend time afternoon decade century
год году года месяц месяце день дни неделе неделю раз лето летом осень зиму весну утро вечер сезон сезоне
жылы жыл күні күн айда ай апта аптада маусымда жаз рік року тижні місяці жылда hafta ay yıl yil oy
    """,
)
"""Before one of these it is no pronoun: "This week ...", "В этом году ...", "Бұл күні ..."."""

CONNECTIVES = {
    "en": _phrases(
        """
but, and, so, also, however, moreover, furthermore, meanwhile, instead, therefore, thus, hence, then, still, yet
nevertheless, nonetheless, besides, similarly, likewise, as a result, in addition, for example, for instance
on the other hand, in contrast, by contrast, at the same time, in turn, in response, indeed, in fact, finally
well, well actually, actually
        """
    ),
    "ru": _phrases(
        """
но, а, и, однако, также, поэтому, затем, потом, зато, впрочем, наконец, например, следовательно, причем, притом
при этом, кроме того, помимо этого, помимо того, более того, вместе с тем, тем не менее, тем временем, между тем
таким образом, в связи с этим, в результате, в частности, в свою очередь, в то же время, к тому же, напомним
отметим, добавим, уточним, подчеркнем, заметим, стоит отметить, следует отметить, важно отметить, как известно
как сообщалось ранее, как сообщалось
как следствие, наряду с этим, с другой стороны, так
        """
    ),
    "kk": _phrases(
        """
бірақ, алайда, дегенмен, ал, және, сондай-ақ, сондықтан, сонымен, сонымен қатар, сонымен бірге, осылайша
осыған байланысты, осыған орай, бұдан бөлек, бұдан басқа, мәселен, мысалы, айта кетейік, айта кету керек, еске салайық
нәтижесінде, тиісінше, әйтсе де, сөйтіп, яғни, бұған қоса, өз кезегінде
        """
    ),
    "uk": _phrases(
        """
але, а, і, й, та, однак, проте, також, тому, потім, отже, зокрема, наприклад, крім того, окрім цього, водночас
при цьому, таким чином, тим часом, натомість, зі свого боку
        """
    ),
    "ky": _phrases("бирок, ал эми, жана, ошондой эле, ошондуктан, мындан тышкары, мисалы, ошентип"),
    "uz": _phrases("ammo, lekin, biroq, va, shuningdek, shuning uchun, bundan tashqari, masalan, аммо, лекин"),
    "tr": _phrases("ama, fakat, ancak, ve, ayrıca, bu nedenle, böylece, bununla birlikte, öte yandan, örneğin"),
    "de": _phrases("aber, und, doch, jedoch, außerdem, zudem, allerdings, dagegen"),
    "fr": _phrases("mais, et, or, cependant, toutefois, en outre, ainsi, par ailleurs"),
    "es": _phrases("pero, y, también, sin embargo, además, por eso, así"),
}
"""What joins a sentence to the one before it and can be left out without changing what it says."""

HANGING = {
    "en": _phrases(
        """
too, otherwise, of those, of these, according to him, according to her, according to them, among them, that is why
because of this, as such, even so, the former, the latter, the same, like him, like her, another, or, nor, after that
before that, in that case, in this way, with that
        """
    ),
    "ru": _phrases(
        """
или, тоже, по его словам, по ее словам, по их словам, по его мнению, по ее мнению, по их мнению, среди них, из них
по словам последнего, вследствие этого, после этого, до этого, с тех пор, с этой целью, то есть, именно поэтому
вот почему, все они, все это, в ответ, такой же, в таком случае, по словам собеседника, как он, как она
        """
    ),
    "kk": _phrases(
        """
сонда, содан, содан кейін, осыдан кейін, оның айтуынша, олардың айтуынша, оның сөзінше, оның пікірінше, соның ішінде
олардың ішінде, олай болса
        """
    ),
    "uk": _phrases("або, за його словами, за її словами, за їхніми словами, після цього, серед них, із них"),
    "ky": _phrases("андан кийин, анын айтымында, анын ичинде"),
    "uz": _phrases("uning soʻzlariga koʻra, shundan soʻng, ular orasida"),
    "tr": _phrases("daha sonra, yine de, ona göre, bunlar arasında"),
    "de": _phrases("auch, deshalb, dann, so, danach, ihm zufolge"),
    "fr": _phrases("aussi, donc, ensuite, selon lui, selon elle, parmi eux"),
    "es": _phrases("entonces, por ello, según él, según ella, mientras tanto, entre ellos"),
}
"""What speaks of the sentence before and can't be left out."""
_OPENINGS = {language: frozenset(phrase[0] for phrase in phrases) for language, phrases in CONNECTIVES.items()}

PERSONAL = {
    "en": listed("he she him her they them"),
    "ru": listed("он она они его ее их ему ей им него нее них нему ней ним ними нем"),
    "kk": listed("ол олар оның олардың оған оларға одан олардан онымен"),
    "uk": listed("він вона вони його її їх йому їй їм нього неї них ним ними"),
}
"""Among the first words of a sentence they speak of somebody named before it: "Следом за ним", "When she"."""

FIRST_PERSON = {"en": listed("i we my our me us")}
"""Outside quotation marks they are the words of somebody whom another sentence names."""

ATTRIBUTION = {
    "ru": _phrases("об этом, это сообщает, информация появилась, информацию об этом, такую информацию"),
    "kk": _phrases("бұл туралы, ол туралы"),
    "uk": _phrases("про це"),
}
"""A short sentence that begins so says who reported the one before it, and nothing else."""
_LONGEST_ATTRIBUTION = 20  # words
_FIRST_PERSON_WITHIN = 8  # words

_EARLY = {"ru": 4, "uk": 4, "kk": 3}
_LONGEST = 4
_NO_CONNECTIVE_BEFORE = listed(
    "far many much that called long for few as to well more less large great far до как же и ли далее называемый"
)
"""Behind a single word these make something else of it: "So far", "But for", "Так называемый"."""

_ONLY_BEFORE_A_COMMA = listed("так и still yet then so and")
_TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_PARTING = re.compile(r"\s*,?\s+(?:что\s+)?(?=[\"“«„(]?[^\W_])")


def dangles(own: tuple[str, ...], language: str) -> bool:
    """Whether a sentence of these folded words hangs on the one before it."""
    pronouns = PRONOUNS.get(language, frozenset())
    first = own[1:3] if own[:1] and own[0] in PREPOSITIONS else own[:2]
    if first and first[0] in pronouns and not (len(first) > 1 and first[1] in TIMES):
        return True
    if any(word in PERSONAL.get(language, frozenset()) for word in own[: _EARLY.get(language, 2)]):
        return True
    hanging = HANGING.get(language, frozenset()) | CONNECTIVES.get(language, frozenset())
    return any(own[:length] in hanging for length in range(1, _LONGEST + 1))


def only_attributes(own: tuple[str, ...], language: str) -> bool:
    """Whether a sentence of these folded words tells no more than who reported what stands before it."""
    phrases = ATTRIBUTION.get(language, frozenset())
    return len(own) <= _LONGEST_ATTRIBUTION and any(own[:length] in phrases for length in range(1, _LONGEST + 1))


def speaks(unquoted: tuple[str, ...], language: str) -> bool:
    """Whether somebody speaks of himself in these folded words, among the first, and no quotation marks say so."""
    return not FIRST_PERSON.get(language, frozenset()).isdisjoint(unquoted[:_FIRST_PERSON_WITHIN])


def joined_by(text: str, language: str) -> int:
    """How many characters at the beginning of a sentence join it to the one before and can be left out; often 0."""
    connectives = CONNECTIVES.get(language)
    opening = _TOKEN.match(text)
    if not connectives or opening is None or _OPENINGS[language].isdisjoint(words(opening[0])[:1]):
        return 0
    tokens = [token for token, _ in zip(_TOKEN.finditer(text), range(_LONGEST + 1), strict=False)]
    for length in range(min(_LONGEST, len(tokens) - 1), 0, -1):
        phrase = tuple(words(text[: tokens[length - 1].end()]))
        parting = _PARTING.match(text, tokens[length - 1].end())
        if phrase in connectives and parting:
            sure = length > 1 or "," in parting[0]
            after = words(tokens[length][0])
            if not sure and (phrase[0] in _ONLY_BEFORE_A_COMMA or after[0] in _NO_CONNECTIVE_BEFORE):
                return 0
            return parting.end()
    return 0
