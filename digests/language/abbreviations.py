"""Abbreviations that end in a full stop, by what the stop means, for every language served.

Folded, without their last stop. One table for all languages: a text in one often cites names in another, and the few
clashes ("no", "им") are told apart by what follows.
"""

from digests.language.tables import listed

# Always followed by what they belong to: a name, a number, an example.
BEFORE_NAME = listed(
    """
mr mrs ms dr prof sen gov gen rep col lt sgt capt cmdr adm maj st mt ft rev hon pres supt messrs mlle mme vs cf viz
al e.g i.e approx est fig eq vol ch sec arch dept univ assn hr fr frau dipl ing bzw z.b d.h u.a sog ca evtl ggf mgr
sra dña pág núm av avda им ул просп пр-т пр пер пл наб бул ш мкр пос дер обл р-н г-н г-жа гр тов акад проф доц канд
д-р ген ген-м полк подп кап лейт серж ст п пп гл разд рис табл см ср напр т.е т.к т.н т.о т.ч и.о врио о св преп яз
англ нем фр лат рус каз кит ред сост изд вып кн зам нач дир деп корр фот тел эл адм мин-во ауд кв корп стр оф көш
даңғ пр-ті қ ш-а мыс т.с ғ.к қараңыз бет сб вул буд sok cad mah bul doç yrd org tuğg sn alb bkz örn apt det insp
atty amb pvt cpl brig ald a.k.a ок гос доп юр физ мед техн тех филол ист экон юрид полит нар засл арт спец ком мл
ст-ца с-з ф-ка ж-л им-ни авт кол рук упр отв исп див стор тобто пров бульв смт ім вид заст айл көч көшө шаар мис м.а
tum vil sh ko'ch akad dots k k-t nr str abs mm env
    """,
)

# Followed by a number when they are abbreviations, else ordinary words or ends.
BEFORE_NUMBER = listed(
    """
no nos nr art para pp p ed jan feb mar apr jun jul aug sep sept oct nov dec ст п пп ч гл стр с т кн д кв корп оф абз
тг № лит рис табл подп разд янв февр фев мар апр авг сент сен окт нояб ноя дек қаң ақп нау сәу мам мау шіл там қыр
қаз қар жел січ лют бер квіт трав черв лип серп вер жовт лист груд тр №№ д-р abs
    """,
)

# May close a sentence or stand inside it; they close it where a word follows that usually begins one.
BEFORE_EITHER = listed(
    """
inc corp co ltd llc plc bros jr sr u.s u.k u.n e.u d.c l.a ph.d m.d b.c a.d u.s.a gmbh ag s.a s.p.a a.ş ş a.m p.m
ave blvd rd m.p.h ala ariz ark calif colo conn del fla ga ill ind kan ky md mass mich minn miss mo mont neb nev okla
ore pa tenn tex va vt wash wis wyo
    """,
)

# A measure or the end of an enumeration: a capital after it begins a sentence.
BEFORE_CAPITAL = listed(
    """
etc usw т.д т.п др пр проч т.б т.с.с с.б и.т.д и.т.п н.э б.э руб коп долл тыс млн млрд трлн тг кг км м см мм га л ч
час мин сек с чел шт экз проц м/с км/ч кв.м куб.м кв куб об вт квт мвт мың ж.ш vb vd
    """,
)

# Years, centuries and towns: "в 2020 г. Россия" goes on where "до 2023 г. Эксперты" ends.
YEARS = listed(
    """
г гг в вв ж жж жыл р рр ғ ғғ y yy й йй ст к кк
    """,
)

# Words that begin sentences and are parts of names only seldom.
OPENERS = listed(
    """
the a an he she it they we i you this that these those there his her its their our my but and so in on at for from
by with as if when while after before since although however meanwhile also some many most all no not one two what
who why how yet both more another according earlier later last during under until once only он она оно они мы вы я
это этот эта эти тот та те там здесь тогда так также но а и однако при по в во на с со к из за от до для о об у если
когда после перед между кроме ранее позже сейчас теперь сегодня вчера его её ее их наш как что кто все всего
по-прежнему согласно отметим напомним ол олар бұл осы сол біз сіз мен бірақ ал және сондай сондықтан қазір бүгін
кеше оның олардың осыған алайда сонымен жаңа барлық екі бір він вона воно вони ми це цей ця ці але якщо коли тепер
зараз сьогодні вчора раніше пізніше також проте однак його її їх анын алар бул ушул бирок эми азыр кечээ бүгүн буга
ага анда u bu ular biz ammo lekin hozir bugun kecha shu uning ushbu бу улар биз аммо лекин ҳозир бугун кеча шу унинг
ancak fakat şimdi bugün dün onlar onun bunun şu ve ama daha der die das ein eine er sie es wir im am doch aber le la
les un une il elle ils elles mais dans ce cette el los las una él ella pero en su
    """,
)

# Conjunctions after which a clause has not reached its verb yet.
CONJUNCTIONS = listed(
    """
что как когда если чтобы где который которая которые потому поскольку хотя пока
    """,
)
# Prepositions with which a sentence sets its time and place before it comes to its subject.
PREPOSITIONS = listed(
    """
в во у з зі від після навесні влітку восени взимку с со к ко до после на за по от из около между начиная весной
летом осенью зимой уже ещё еще и а но только
    """,
)
# Verbs that say who spoke the quotation before them.
SPEECH = listed(
    """
said says say asked asks added adds told tells wrote writes replied replies explained insisted shouted cried noted
yelled exclaimed tweeted posted declared announced warned argued recalled joked stated claimed continued answered
деді дейді деп деди дейт dedi deydi deb diye söyledi сказал сказала заявил заявила спросил спросила ответил ответила
добавил добавила воскликнул воскликнула написал написала сказав заявив запитав запитала деб
    """,
)
# Latin ones that are ordinary words when they are small: "modern art. 12 works".
WITH_CAPITAL = listed(
    """
mr mrs ms sen gov gen rep col capt adm st mt ft rev hon pres sec arch fr av art no nos para jan feb mar apr jun jul
aug sep oct nov dec inc corp co ala ark colo del fla ga ill ind kan ky md mass mich minn miss mo mont neb nev ore pa
tenn tex va vt wash wis wyo det insp amb brig ald cad mah org sok bul k sn alb str abs mm env sog
    """,
)
# Names that end in an exclamation or a question.
EXCLAIMED = listed(
    """
yahoo jeopardy yum wham joomla guess e oklahoma
    """,
)
# Letters that stand for a first name together: "Sh. Mirziyoyev", "Дж. Салливан".
DIGRAPHS = listed(
    """
sh ch yu ya yo ye zh kh ts th ph chr дж дз ж-ж о' g' o'
    """,
)
# What still belongs to "at 5 p.m.".
AFTER_HOUR = listed(
    """
monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
october november december eastern central pacific mountain local gmt utc bst cet est edt et pt ct cst pst
    """,
)
