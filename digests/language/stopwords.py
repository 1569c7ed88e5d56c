"""Words that say nothing of a text's subject, by ISO 639-1 code: written down from grammar, not taken from any list."""

_EN = """ a about above after again against all also although am among an and any are aren't around as at be because
been before being below between both but by can can't cannot could couldn't did didn't do does doesn't doing don't
down during each either else ever every few for from further had hadn't has hasn't have haven't having he he'd he'll
he's her here hers herself him himself his how however i i'd i'll i'm i've if in into is isn't it it'd it'll it's
its itself just like many may me might more most much must my myself neither no nor not now of off on once one only
or other others our ours ourselves out over own per rather said same say says she she'd she'll she's should
shouldn't since so some still such than that that's the their theirs them themselves then there there's these they
they'd they'll they're they've this those though through thus to too toward towards two under until up upon us very
via was wasn't we we'd we'll we're we've were weren't what what's when where whether which while who who's whom
whose why will with within without won't would wouldn't yet you you'd you'll you're you've your yours yourself mr
mrs ms according told added
"""

_RU = """
а без более больше будем будет будете будешь будто буду будут будучи бы был была были было быть в вам вами вас вдруг
ведь весь во вот впрочем все всегда всего всей всем всеми всему всех всею вся всю вы г где да даже для до другая
другие других другого другое другой его ее ей ему если есть еще ею же за зачем здесь и из или им ими иногда их к
каждая каждый как какая какие какой какого кем когда ко кого ком кому которая которого которое которой котором
которому которую которые который которым которых кто куда ли либо лишь лучше между меня мне много мной мог могла
могли могло может можно мои мой моя мы на над надо наконец нас нам нами наш наша наше наши не него нее ней некоторые
нельзя нем нему нет неё ни нибудь ними них никогда ничего но ну о об оба один одна одни одно однако он она они оно
от отметил отметила очень перед по под подчеркнул поскольку после потом потому почти при про раз разве с сам сама
сами само сказал сказала сейчас сегодня со себе себя собой сообщает сообщил сообщила сообщили свое своего своей
своем свои своими своих свой свою своя так также такая такие таким таких такое такой там тем теми тех то тогда того
тоже той только том тому тот ту тут ты у уж уже хотя хоть чего чем через что чтоб чтобы чуть эта эти этим этими этих
это этого этой этом этому этот эту я заявил заявила рассказал рассказала добавил добавила пояснил пояснила слова
словам данным около
"""

_KK = """
ал ала алайда алып арқылы арасында ары атап ау ба барлық бар барша бе беп бері бейне бен бір бірақ бірге бірнеше біз
біздің бізге бізді бой бойы бойынша болады болар болған болғанда болды болып болса болсын болу болуы бола бойында
бұл бұған бұдан бұны бұның бұрын бүкіл бүгін да дейді деген дегенмен дейін дейтін деп деді десе де едім еді екен
екенін екі емес енді ең ер еш ешкім ештеңе ғана ғой жатқан жатыр жаққа жағдайда жайлы жайында жақын және жоқ жөнінде
жуық иә иелері келген келеді келе кейін кейбір кез кезде кезінде керек ким көп қай қайсы қайда қалай қалған қана
қандай қарай қарағанда қарсы қашан қоса қазір қазіргі ма маған мен мене менің мына мынадай мынау мұнда мұндай мұның
не нақ негізгі неге немесе ол олай олар олардың оларға оларды онда ондай оны оның оған одан отыр осы осыған осындай
осында осылай осының өз өзі өзінің өзге өте па паш пе пен сайын сала сен сені сенің сол соған солар соларға сонда
сондай сондықтан соны соның сондай-ақ соң секілді себебі сияқты тағы тек тиіс тұр тұрған түгел туралы тұрғыда үшін
ұқсас хабарлады хабарлайды хабарлап хабарлаған шейін шамасында шақты айтты атты айтуынша ақ де-ақ қатар сөзінше
"""

_UK = """
а або адже але б багато без був була були було бути в вам вас ваш ви від він вона вони воно все всі всіх вже га для
до де дуже є ж за з зі із і й його їй їм їх її інших інші й коли кого кому котрий лише ми між мене мені може можна
на над нас нам наш не неї немає ні ним них нього ну о об один одна по під після при про раз саме сам свої своє своїх
свій себе собі та так також там те тим тих то тоді того тому той тут ти у хоч хто це цей цього цьому ці цих чи чого
через що щоб щодо я як яка яке який якого якої яких які якщо
"""

_KY = """
ал алар алардын алып ага аны анын ар аркылуу ары бар бардык бери бир бирок биз биздин бойдон бойунча боюнча болгон
болду болот болуп болуу болсо бул булар буга буны бүгүн да дагы дейт деген деди деп дейре де дө эле элем экен эки
эмес эми эң жана же жок жөнүндө гана керек кайсы кайда кандай качан кийин көп менен мен менин муну мунун не ошол
ошондой ошондо ошону өз өзү өзүнүн өтө сен сенин себеби сыяктуу тууралуу үчүн учурда чейин эч эмне билдирди айтты
"""

_TR = """
acaba ama ancak arada aslında artık bana bazı belki ben benim beni biri birçok biz bize bizim bir böyle bu buna
bunda bunlar bunu bunun burada çok çünkü da daha dahi de defa değil diye diğer dolayı dolayısıyla en etti eden
edilen eğer fakat gibi göre halen hangi hem henüz hep her herhangi herkes hiç için ile ilgili ise işte kadar karşın
kendi kez ki kim kimse mı mi mu mü nasıl ne neden nedenle nerede o olan olarak oldu olduğu olduğunu olması olmak
olsa olup ona onlar onların onu onun orada oysa öyle pek rağmen sadece sanki sen siz sonra şey şu tarafından tüm
üzere var ve veya ya yani yapılan yer yine yok zaten dedi söyledi belirtti
"""

_DE = """
aber alle allem allen aller alles als also am an andere anderen auch auf aus bei beim bin bis bist da damit dann das
dass dem den denn der des dessen die dies diese diesem diesen dieser dieses doch dort du durch ein eine einem einen
einer eines er es etwa etwas für gegen habe haben hat hatte hatten hier hin ihr ihre ihrem ihren ihrer im in ins ist
ja jede jeder jedes jetzt kann kein keine können könnte man mehr mein mit muss nach nicht nichts noch nun nur ob
oder ohne sagte schon sehr sei sein seine seinem seinen seiner seit selbst sich sie sind so soll sondern über um und
uns unser unter vom von vor war waren was weil weiter welche wenn wer werde werden wie wieder will wir wird wo wurde
wurden zu zum zur zwar zwischen
"""

_FR = """
a ai ainsi alors après au aucun aussi autre aux avant avec avoir c'est car ce cela ces cet cette ceux chez comme
d'un d'une dans de depuis des deux dit donc dont du elle elles en encore entre est et étaient était été être eux
fait font il ils je jusqu l'on la le les leur leurs lui là ma mais même mes moi moins mon n'est ne ni non nos notre
nous on ont ou où par pas pendant peu peut plus pour pourquoi qu'il qu'elle quand que quel quelle qui s'est sa sans
se selon ses si son sont sous sur ta tous tout toute toutes très trop tu un une vers vos votre vous y
"""

_ES = """
a al algo algunas algunos ante antes aquel aquella aquí así aun aunque cada casi como con contra cual cuando de del
desde donde dos durante e el él ella ellas ellos en entre era eran es esa esas ese eso esos esta está están estas
este esto estos fue fueron ha había habían han hasta hay la las le les lo los más me mi mientras mismo muy nada ni
no nos nosotros nuestra nuestro o os otra otras otro otros para pero poco por porque que quien quienes qué se sea
según ser si sido sin sobre son su sus también tan tanto te tiene tienen todo todos tras tu un una unas uno unos y
ya yo
"""

_TEXTS = {"en": _EN, "ru": _RU, "kk": _KK, "uk": _UK, "ky": _KY, "tr": _TR, "de": _DE, "fr": _FR, "es": _ES}
STOP_WORDS = {
    language: frozenset(text.replace("ё", "е").replace("-", " ").split()) for language, text in _TEXTS.items()
}
