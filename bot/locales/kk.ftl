# Қазақша.

language-name = Қазақша

## Commands, as the menu shows them
command-digest = Дайджест қазір
command-topics = Сіздің тақырыптарыңыз
command-summarize = Сілтеменің не мәтіннің қысқаша мазмұны
command-settings = Сағат, уақыт белдеуі, көлем, тіл
command-pause = Қайта қосқанша үнсіздік
command-resume = Дайджест қайта келсін
command-help = Не істей аламын
command-stop = Кету және деректерді өшіру
command-search = Оқылғаннан іздеу
command-saved = Сақтағаныңыз
command-missed = Не келді, не келмеді және неге
command-privacy = Сіз туралы не сақтаймын: алу не өшіру
command-topic = Тақырыптар: қосу, өзгерту, жою
command-feeds = Таспалар: қосу, жою, күйі
bot-short-description = Сіздің сағатыңызда бір дайджест: сіздің тақырыптарыңыз, әр оқиға бір рет, дереккөздерімен.
bot-description = Мен жаңалықтарды сіз үшін оқып, сіздің сағатыңызда бір қысқа дайджест жіберемін: тек сіздің тақырыптарыңыз, тек сізге жаңасы, әр оқиға дереккөз сілтемелерімен. Кез келген сілтемені жіберіңіз, қысқаша мазмұнын айтамын.

## Joining
join-topics =
    👋 <b>Сәлеметсіз бе! Жаңалықты сіздің орныңызға мен оқимын.</b>
    Сіздің сағатыңызда, бір хабарлама: тек сіздің тақырыптарыңыз, әр оқиға бір рет, дереккөз сілтемелерімен.

    <b>4 қадамның 1-і · Сізге не қызық?</b>
join-time =
    <b>4 қадамның 2-сі · Дайджест қашан келсін?</b>
    Сіздің уақытыңызбен <b>{ $time }</b>. Сағатты таңдаңыз немесе уақытты жіберіңіз, мысалы <code>07:35</code>.
join-zone =
    <b>4 қадамның 3-і · Сіз қайдасыз?</b>
    Қазір: <b>{ $zone }</b>, ол жақта { $clock }. Уақыт белдеуін таңдаңыз, қаланың атын немесе тұрған жеріңізді жіберіңіз.
join-size =
    <b>4 қадамның 4-і · Қанша оқисыз?</b>
    Оқуға кететін минут: алдымен ең маңыздысы, әр тақырыпқа орын бар.
join-done =
    ✅ <b>Дайын.</b>
    Келесі дайджест: <b>{ $next }</b>.
    Оны дәл қазір де алуға болады, ал кез келген сілтемені жіберсеңіз, қысқаша мазмұнын айтамын.
join-preview = 👁 Қазір дайджестте { $count } оқиға болар еді, мысалы:
join-headline = • { $title }
topic-told = <b>{ $name }</b> – { $about }
preview-head = 👁 <i>{ $at } дайджестіңіз { $tried ->
        [tried] байқап көргеніңізбен
       *[none] осы баптаулармен
    } осындай болар еді. Мұның ешқайсысы оқылған болып саналмайды.</i>
join-no-topics = Тақырыптар әлі жоқ. Алдымен оларды бот әкімшісі қосуы керек.
choose-one-topic = Алдымен кемінде бір тақырып таңдаңыз.

## Buttons
button-next = Әрі қарай ▸
button-back = ◂ Артқа
button-done = ✅ Дайын
button-all = Бәрі
button-none = Жоқ
button-digest = 📰 Дайджест қазір
button-last = ↩️ Соңғысын қайта көрсету
button-preview = 👁 Алдын ала көру
button-settings = ⚙️ Баптаулар
button-topics = 🏷 Тақырыптар
button-time = 🕗 Сағаттар мен күндер
button-days = 📅 Күндер мен демалыс
button-every-day = Күн сайын
button-weekdays = Дс–Жм
button-weekends = Демалыста
button-weekend-times = 🛋 Демалыс сағаттары
button-as-usual = Басқа күндердегідей
button-until-resumed = Өзім қосқанша
button-zone = 🌍 Уақыт белдеуі
button-size = 📏 Көлем
button-language = 🗣 Тіл
button-pause = 🔕 Үзіліс
button-resume = 🔔 Қайта қосу
button-save = 💾 Сақтау
button-unsave = 💾 Сақталды ✓
button-why = ❓ Неге бұл мұнда
button-mute = 🔇 «{ $source }» енді келмесін
button-muted = 🔇 Жасырылған
button-export = ⬇️ Файлмен (JSON)
button-erase = Кету және бәрін өшіру
button-forget-saved = Тізімді тазалау
button-really-remove = Иә, жою
button-really-leave = Иә, бәрін өшіру
button-follow = { $number } – қосу
button-follow-all = Бәрін қосу: { $count }
button-undo = ↩️ Қайтару
button-cancel = Болдырмау
button-follow-it = ✅ Қосу
button-follow-folders = Бәрін қосып, қалталардан тақырып жасау: { $count }
button-retry = 🔄 Қазір тексеру
button-feed-pause = ⏸ Тоқтата тұру
button-feed-resume = ▶️ Жалғастыру
button-weight = ⚖️ Салмағы
button-latest = 📰 Соңғы үшеуі
button-rename = ✏️ Атын өзгерту
button-credit = 🖋 Қолтаңба
button-move = 🚚 Жаңа мекенжай
button-remove = 🗑 Жою
button-take-back = ↩️ Кері қайтару
button-as-recognized = Танылғанша

## Screens
topics-screen =
    🏷 <b>Сіздің тақырыптарыңыз</b>
    Қосу не алып тастау үшін басыңыз. Сан – тақырыпта соңғы тәулікте болған оқиғалар саны.
time-screen =
    🕗 <b>Сіздің сағаттарыңыз: { $time }</b>
    Сағатты басыңыз: сол уақытта дайджест келеді немесе келмейді; күніне бірнешеу болады. Не бір уақытты жіберіңіз, мысалы <code>07:35</code>.
days-screen =
    📅 <b>Сіздің күндеріңіз</b>
    { $plan }
    Бір ғана күн – апталық дайджест; әрқайсысында алдыңғысынан бергі жаңалықтың бәрі болады.
weekend-screen =
    🛋 <b>Сенбі мен жексенбі</b>
    { $times ->
        [none] Басқа күндердегі сағаттарда. Өз сағатын беру үшін сағатты басыңыз.
       *[other] Сағат <b>{ $times }</b>.
    }
pause-screen =
    🔕 <b>Қанша уақыт үнсіз болайын?</b>
    Өткізіп алғаныңыз үзілістен кейінгі дайджестте болады. Белгілі күнге дейін: <code>/pause 24 желтоқсан</code>.
zone-screen =
    🌍 <b>Сіздің уақыт белдеуіңіз: { $zone }</b>
    Ол жақта қазір { $clock }. Басқасын таңдаңыз, қаланың атын немесе тұрған жеріңізді жіберіңіз.
size-screen =
    📏 <b>Дайджест көлемі</b>
    Оқуға кететін минут: алдымен ең маңыздысы, әр тақырыпқа орын бар.
language-screen = 🗣 <b>Тіл</b>
settings-screen =
    ⚙️ <b>Баптаулар</b>

    🏷 Тақырыптар: { $topics }
    🕗 Қашан: <b>{ $time }</b>
    🌍 Уақыт белдеуі: { $zone }
    📏 Көлем: ең көбі { $size }
    🌙 Тыныш сағаттар: { $quiet ->
        [none] жоқ
       *[other] { $quiet }
    }
    🗣 Тіл: қазақша

    { $state ->
        [paused] 🔕 Үзіліс. Қайта қосқанша ештеңе келмейді.
        [paused-until] 🔕 { $until } дейін үзіліс.
       *[active] Келесі дайджест: <b>{ $next }</b>.
    }
no-topics-chosen = әзірге жоқ

## Short answers
saved-time = Сақталды: { $time }
saved-zone = Сақталды: { $zone }
saved = Сақталды
time-saved-message = 🕗 Енді дайджест <b>{ $time }</b> келеді. Келесісі: { $next }.
zone-saved-message = 🌍 Сіздің уақыт белдеуіңіз – <b>{ $zone }</b>, ол жақта қазір { $clock }. Келесі дайджест: { $next }.
paused = { $until ->
        [none] 🔕 Үзіліс. /resume дейін ештеңе келмейді; өткізіп алғаныңыз одан кейінгі дайджестте болады.
       *[other] 🔕 { $until } дейін үзіліс. Өткізіп алғаныңыз одан кейінгі дайджестте болады.
    }
saved-next = Сақталды. Келесісі: { $next }
minutes = { $count } минут
days = { $count } күн
resumed = 🔔 Дайджест қайта келеді. Келесісі: <b>{ $next }</b>.
stop-question = Біржола кетесіз бе? Мен жазуды тоқтатып, сіз туралы сақтағанымның бәрін өшіремін. /pause тек үнсіз қалдырады.
stopped = Дайын: сіз туралы бәрі өшірілді. /start мені қайтарады.
not-joined = /start пәрменінен бастайық.
stale-button = Бұл батырма ескірген. Қазіргі жағдай мынадай.
nothing-new = Тақырыптарыңыз бойынша { $since ->
        [none] әзірге жаңа ештеңе жоқ.
       *[other] соңғы дайджесттен ({ $since }) бері жаңа ештеңе жоқ.
    } { $next ->
        [none] { "" }
       *[other] Келесі дайджест: { $next }.
    }
no-topics-followed = Сіз ешқандай тақырыпты таңдамағансыз. Таңдаңыз: /topics

help =
    <b>Тақырыптарыңыз бойынша жаңалықтар дайджестін сіз таңдаған сағаттарда жіберемін.</b>
    Әр оқиға бір рет, мақаланың өз сөйлемдерімен, дереккөз сілтемелерімен келеді.

    /digest – дайджест қазір
    /topics – таңдаған тақырыптарыңыз
    /summarize – сілтеменің қысқаша мазмұны; немесе сілтемені, бағытталған жазбаны не мәтінді жібере салыңыз
    /settings – сағаттар, белдеу, көлем, тыныш сағаттар, өз сөздеріңіз, тіл; бәрін алдымен байқап көруге болады
    /pause, /resume – үнсіздік және қайтадан дайджест
    /search – оқығанымның бәрінен сөз іздеу, жаңасы алдымен
    /saved – сақтағаныңыз; дайджест астындағы нөмір оқиғаны ашады
    /missed – не келді, не келмеді және неге
    /privacy – сіз туралы не сақтаймын
    /stop – кету және деректерді өшіру

    Уақытты (<code>07:35</code>), тыныш сағаттарды (<code>22:30-07:00</code>), қаланы не тұрған жеріңізді жібере салсаңыз да болады.
    <code>+футбол</code>: осы сөзі бар жаңалық тақырыбы қандай болса да келеді; <code>!футбол</code>: бірден; <code>-футбол</code>: ешқашан.
    /pause 7 не /pause 24 желтоқсан өзі аяқталады.
help-admin =
    <b>Әкімшілерге</b>
    /topic – тақырыптар тізімі, оларды қосу, өзгерту және жою
    /feeds – таспалар мен олардың күйі: қосу, атын не мекенжайын өзгерту, салмағын беру, тоқтата тұру, жою; таспалар тізімін (OPML) файлмен жіберуге болады

## Summaries
summarize-usage = Сілтеме, бағытталған жазба немесе бірнеше сөйлемнен тұратын мәтін жіберіңіз, /summarize пәрменімен не онсыз.
summary-nothing = Ол жерден мақала таппадым.
summary-meta = { $saved ->
        [0] { $minutes } минуттық оқу
       *[other] { $saved } минут оқу үнемделді
    }
summary-citation = Баспагердің өтініші: «{ $wish }»
summary-no-zone = { $date } (уақыт белдеуі көрсетілмеген)
unknown-text = Түсінбедім. Қысқаша мазмұны үшін сілтеме не мәтін, <code>07:35</code> сияқты уақыт, қала, <code>+футбол</code> сияқты сөз немесе /help жіберіңіз.

## The digest
digest-morning = Таңғы дайджест
digest-day = Түскі дайджест
digest-evening = Кешкі дайджест
digest-night = Түнгі дайджест
digest-now = Сіздің дайджестіңіз
digest-minutes = { $minutes } мин
digest-also = сондай-ақ { $sources }
story-adds = ➕ { $source }: { $text }
story-follow-up = <i>Сізге келгеннен бері жаңасы:</i>
story-differs = ≠ { $source } басқа сандарды келтіреді: { $text }
digest-from-feed = тек арна мәтіні бойынша
digest-more-sources = және тағы { $count }
digest-tally = { $read } оқылды, мұнда { $shown }{ $parts ->
        [none] .
       *[other] : { $parts }.
    }
tally-repeats = { $count } қайталау
tally-off-topic = { $count } тақырыптан тыс
tally-held-back = { $count } кейінге қалды
digest-next = Келесі шығарылым: { $next }.
digest-nothing = { $date }: тақырыптарыңыз бойынша жаңа ештеңе жоқ. { $tally }

## Errors a person can act on
error-refused = Бұл мекенжайды ашуға болмайды: ол ашық интернетте емес.
error-unreachable = Сайт қолжетімсіз. Мекенжай дұрыс па?
error-timeout = Сайт тым ұзақ жауап бермеді. Кейінірек көріңіз.
error-too-large = Бұл мен үшін тым үлкен.
error-status = Сайт қатемен жауап берді ({ $status }){ $meaning ->
        [barred] : ол кіруді талап етеді не бағдарламаларды кіргізбейді. Оның басқа мекенжайын көріңіз.
        [missing] : ондай бет жоқ. Мекенжай дұрыс па?
        [gone] : бет біржола алынып тасталған. Жаңа мекенжайын іздеңіз.
        [busy] : оған сұраныс тым көп. Бір сағаттан кейін көріңіз.
        [server] : сайттың өзінде ақау бар. Кейінірек көріңіз.
       *[other] . Мекенжай дұрыс па?
    }
error-not-a-feed = Бұл таспа емес.
error-challenge = Сайт ашқан адам ба деп тексереді де, бағдарламаларды кіргізбейді. Оның басқа мекенжайын көріңіз; мақаланың мәтінін маған хабарламамен жіберуге болады.
error-robots = Сайт бағдарламалардан бұл бетті оқымауды сұрайды. Мақаланың мәтінін маған хабарламамен жіберуге болады.
error-parsing = Мұны оқу мүмкін болмады: тым ұзақ не ішінде қате бар. Сайттың басқа мекенжайын көріңіз.
error-list = Мұны таспалар тізімі ретінде оқи алмадым. Таспа оқитын бағдарламалар сақтайтын OPML файлын жіберіңіз, 5 МБ-тан аспасын.

## What keeps a feed from being read, in the list of feeds
trouble-refused = Мекенжайы ашық интернетте емес. Таспаны жойыңыз немесе ашық мекенжайымен қосыңыз.
trouble-unreachable = Сайты қолжетімсіз. Өзім қайта көріп тұрамын; солай қала берсе, жаңа мекенжайын іздеңіз.
trouble-timeout = Сайты тым ұзақ жауап бермейді. Өзім қайта көріп тұрамын.
trouble-too-large = Ол мен оқи алатыннан үлкен. Сайттан қысқарақ таспа іздеңіз.
trouble-not-a-feed = Мекенжайында енді таспа жоқ. Жаңасын табу үшін сайтты қайта қосып, мұны жойыңыз.
trouble-challenge = Сайт таспаның орнына ашқан адам ба деп тексереді. Сайттан таспа оқитын бағдарламаларды кіргізуін сұраңыз немесе басқа дереккөз табыңыз.
trouble-robots = Сайт бағдарламалардан оны оқымауды сұрайды. Басқа дереккөз табыңыз.
trouble-parsing = Оны оқу мүмкін болмай тұр: тым ұзақ не ішінде қате бар. Өзім қайта көріп тұрамын; солай қала берсе, сайтқа жазыңыз.
trouble-status = Сайты қатемен жауап береді ({ $status }){ $meaning ->
        [barred] : ол кіруді талап етеді не бағдарламаларды кіргізбейді. Оның басқа таспасын іздеңіз немесе сайттан сұраңыз.
        [missing] : таспа ол жерде жоқ не енді жоқ. Солай қала берсе, жаңа мекенжайын табу үшін сайтты қайта қосыңыз.
        [gone] : таспа біржола алынған, сондықтан оны енді сұрамаймын. Жойыңыз немесе жаңа мекенжайымен қосыңыз.
        [busy] : сұраныс тым көп. Сайт қалағанша күтемін.
        [server] : сайтта ақау бар. Өзім қайта көріп тұрамын.
       *[other] . Өзім қайта көріп тұрамын; солай қала берсе, жаңа мекенжайын іздеңіз.
    }
error-busy = Бұл тым ұзаққа созылды, сондықтан тоқтаттым. Бұл шынымен мақала не таспа ма?
error-unreadable = Ол жерден мақала мәтінін таппадым.
error-unknown-zone = «{ $name }» деген уақыт белдеуін не қаланы білмеймін. Жақын маңдағы үлкен қаланы немесе Asia/Almaty сияқты атауды жіберіп көріңіз.
error-unexpected = Менің жағымда бірдеңе бұзылды. Бұл жазып алынды; кейінірек қайталап көріңіз.

## Stories, what was saved, and what is muted
story-sources = Барлық мақала: { $count }
story-gone = Бұл оқиға енді мұнда жоқ.
story-saved = Сақталды. Тізім – /saved.
story-unsaved = Енді сақталмаған.
source-muted = «{ $source }» енді келмейді. Қайтару: Баптаулар › Жасырылған.
saved-head = 💾 <b>Сақталғаны: { $count }</b>
saved-none = Әзірге ештеңе сақталмаған. Дайджест астындағы нөмірді, сосын «Сақтау» дегенді басыңыз.
document-unreadable = Мен беттерді (HTML), жай мәтінді және мәтіні бар PDF-ті оқимын; бұл файл олардан емес немесе онда мәтін жоқ.
search-usage = Не іздейтінін жазыңыз: <code>/search тасқын Атырау</code>
search-forgotten = Бұл тым бұрын болған. Қайта іздеңіз: /search.
found-head = 🔎 <b>{ $query }</b>: { $count } мақала
found-none = 🔎 Оқығанымның ішінде «{ $query }» сөздерінің бәрі бар ештеңе жоқ.
muted-screen =
    🔇 <b>Естігіңіз келмейтіні</b>
    { $any ->
        [none] Әзірге ештеңе жоқ.
       *[some] Қайтару үшін басыңыз.
    }
    Сөзді минуспен жіберіңіз, мысалы <code>-футбол</code> немесе <code>-"патша отбасы"</code>: ол кез келген тұлғада кездесетін жаңалық келмейді. Дереккөзді оның кез келген оқиғасынан жасыруға болады.
missed-head = 📒 <b>Соңғы шығарылымдарыңыз</b>
missed-line = { $at } · { $kind ->
        [on_demand] сұрау бойынша
        [notice] бірден
       *[scheduled] кесте бойынша
    } · { $state ->
        [done] { $stories ->
            [0] жаңа ештеңе болмады
           *[other] { $stories } оқиға жіберілді
        }
        [dropped] жеткізілмеді; оқиғалары кейінгісінде болады
       *[queued] жолда
    }
missed-none = Әзірге бірде-біреуі жоқ.
missed-waiting = ⏳ <b>Келді, бірақ орын жетпеді: { $count }</b>
missed-story = • { $title }
privacy =
    🔐 <b>Бұл чат туралы не сақтаймын</b>
    Нөмірін, тіліңізді, тақырыптарды, сағаттарды, күндерді, белдеуді және көлемді, өз сөздеріңіз бен тыныш сағаттарыңызды, нені жасырғаныңызды, қай оқиғаны қадағалайтыныңызды, қайсысын қашан алғаныңызды және нені сақтағаныңызды. Атыңыз да, телефоныңыз да, хабарларыңыз да сақталмайды. Қысқаша мазмұн үшін жіберген сілтемелер мен мәтіндер жадта ғана, бірнеше минут тұрады.

    Мұның бәрін файлмен алуға немесе бірден біржола өшіруге болады.
digest-usage = Ондай тақырыпты білмеймін. Былай жазыңыз: /digest, бес минутқа /digest 5 немесе /digest және мынаның бірі: { $topics }

## A reader's own words, quiet hours, and settings that are tried
own-words = Сіздің сөздеріңіз
button-own-words = ⭐ Менің сөздерім
button-try = 🧪 Алдымен байқап көру
button-keep = ✅ Қалдыру
button-drop = ✖️ Бас тарту
button-quiet = 🌙 Тыныш сағаттар
button-no-quiet = Тыныш сағатсыз
button-locate = 📍 Тұрған жерімді жіберу
button-share-location = 📍 Қайда екенімді көрсету
button-follow-story = 📌 Қадағалау
button-unfollow-story = 📌 Қадағалаудамын ✓
button-less = 👎 Мұндай аз болсын
button-less-word = 🔇 «{ $word }»
button-less-topic = ▫️ «{ $name }» тақырыбын қою
usual-times = 🕗 { $times }
trying = 🧪 <i>Байқап көріп отырсыз: қалдырғанша мұндағы ештеңе күшіне енбейді.</i>
dropped = Бәрі бұрынғыдай.
nothing-tried = Байқап көру аяқталған. Бәрі бұрынғыдай.
preview-forgotten = Бұл тым бұрын болған. Алдын ала көруді /settings ішінен қайта сұраңыз.
quiet-screen =
    🌙 <b>Тыныш сағаттар: { $quiet ->
        [none] жоқ
       *[other] { $quiet }
    }</b>
    Бұл уақытта шығарылымдар дыбыссыз келеді, ал бірден білгіңіз келгені олардың соңын күтеді. Таңдаңыз немесе екі уақытты жіберіңіз, мысалы <code>22:30-06:45</code>.
words-screen =
    ⭐ <b>Нені естігіңіз келеді</b>
    { $any ->
        [none] Әзірге ештеңе жоқ.
       *[some] ➕ дайджестпен келеді, 🔔 мен 📌 – бірден. Тоқтату үшін басыңыз.
    }
    Сөзді плюспен жіберіңіз, мысалы <code>+футбол</code> немесе <code>+"күн энергиясы"</code>: ол бар жаңалық тақырыбы қандай болса да келеді. Леп белгісімен, <code>!жер сілкінісі</code>, – бірден келеді. Оқиғаны астындағы батырмамен қадағалауға болады.
pause-usage = «{ $given }» дейін үзіліс жасай алмаймын. Былай жазыңыз: /pause, сонша күнге /pause 7 немесе алдағы бір жылдың күні: /pause 24 желтоқсан
location-unknown = Ол жердің уақыт белдеуін білмеймін. Қаланың атын жіберіңіз.
location-found = 📍 { $zone }. Қайда екеніңіз сақталмайды.
locate = Қайда екеніңізді көрсету үшін енгізу жолағының астындағы батырманы басыңыз; мен одан тек уақыт белдеуін аламын. Не қаланың атын жіберіңіз.
word-exclude = 🔇 «{ $word }» сөзі бар жаңалық енді келмейді.
word-include = ➕ Енді «{ $word }» сөзі бар жаңалық тақырыбы қандай болса да дайджестпен келеді.
word-alert = 🔔 Енді «{ $word }» сөзі бар жаңалық бірден келеді{ $quiet ->
        [none] .
       *[other] , тыныш сағаттардан ({ $quiet }) басқа уақытта.
    }
story-followed = Бұл оқиғада жаңалық болса, бірден білесіз.
story-unfollowed = Бұл оқиғаны енді қадағаламайсыз.
topic-unfollowed = «{ $name }» тақырыбын енді қадағаламайсыз. Қайтару: /topics.
less-head = 👎 <b>Енді нені жібермейін?</b>
because-word = сіздің «{ $word }» сөзіңіз
because-followed = бұл оқиғаны қадағалайсыз
digest-follow-ups = 🔄 <b>Сізге келгеннің жалғасы</b>
notice-head = 🔔 <b>Дәл қазір</b> · { $at }
tally-muted = { $count } жасырылған
why-own-word = ✅ сіздің «{ $word }» сөзіңіз бар

## Admins
admin-only = Мұны тек бот әкімшілері істей алады.
group-admins-only = Мұны топтың әкімшілері ғана өзгерте алады.
cancelled = Ештеңе өзгерген жоқ.
topic-list = 🏷 <b>Тақырыптар</b>
topic-line = <b>{ $name }</b> (<code>{ $slug }</code>) – 7 күнде { $stories } оқиға
topic-words = сөздер: { $words }
topic-must = міндетті: { $words }
topic-exclude = бұларсыз: { $words }
topic-languages = тек мына тілдер: { $languages }
topic-feeds = тек мына таспалар: { $feeds }
topic-about = туралы: { $about }
topic-examples = мысалдар: сай келетіні { $liked }, сай келмейтіні { $disliked }
topic-strictness = қатаңдық: { $strictness ->
        [broad] кең – тақырыпқа ұқсағанның бәрін алады
        [strict] қатаң – күмәнсізін ғана алады
       *[normal] қалыпты
    }
topic-everything = таспаларының барлық мақаласы
topic-none = Тақырыптар әлі жоқ.
topic-usage =
    <b>Тақырып қосу</b>, әрқайсысы жаңа жолдан:
    <pre>/topic add Ғарыш
    words: зымыран, орбита*, "ғарыш станциясы"
    must: Қазғарыш OR NASA
    languages: kk, ru
    not: жұлдызнама
    feeds: https://example.com/feed.xml
    en: Space
    ru: Космос
    about: Зымырандар мен телескоптар
    like: Қондырғы Айдың суреттерін жіберді
    dislike: Марс туралы фильм жүлде алды
    strictness: strict</pre>
    Сөз барлық тұлғасымен, <code>орбита*</code> басталуы бойынша, <code>"тіркес"</code> сөзбе-сөз ескеріледі. <code>ұшыру AND ай NOT фильм</code> – алғашқы екеуі керек, үшіншісі болмасын; OR нұсқаларды бөледі. must: артындағысы болуы, not: артындағысы болмауы керек. about: немесе мысалдар болса (like:, dislike:, әрқайсысы бөлек жолда), мақала тұтас бағаланады; strictness: – broad (кең), normal (қалыпты), strict (қатаң) немесе words (тек сөздер). Атауы және сөздердің, таспалардың, about не like-тың бірі керек.

    <b>Өзгерту</b>: <code>/topic edit garysh</code> және өзгеретін жолдар; <code>words: +ай, -зымыран</code> қосады және алып тастайды; <code>name: Алыс ғарыш</code> атын өзгертеді.
    <b>Жою</b>: <code>/topic remove garysh</code>
    <b>Мақала неге тақырыпта немесе неге жоқ</b>: <code>/topic why СІЛТЕМЕ</code>
topic-added = ✅ <b>{ $name }</b> (<code>{ $slug }</code>) тақырыбы қосылды. Соңғы 7 күннен оған { $stories } оқиға кіреді.
topic-changed = ✅ <b>{ $name }</b> тақырыбы өзгертілді. Соңғы 7 күннен оған { $stories } оқиға кіреді.
topic-remove-question = <b>{ $name }</b> тақырыбын жою керек пе? Оқырмандарының басқа тақырыптары қалады.
topic-removed = <b>{ $name }</b> тақырыбы жойылды.
why-head = <b>{ $title }</b> · { $source }
why-story = Бір оқиға, мақала саны: { $articles }. Дереккөздер: { $sources }
why-taken = ✅ <b>{ $name }</b> (<code>{ $slug }</code>): { $reason }
why-left = ▫️ { $name } (<code>{ $slug }</code>): { $reason }
why-feed = мақала бұл тақырыптың таспаларынан емес
why-language = тақырып «{ $word }» тіліндегі мақалаларды алмайды
why-excluded = «{ $word }» сөзі жібермейді
why-must = міндетті «{ $word }» жоқ
why-must-met = міндеттінің бәрі бар
why-word = «{ $word }» бар
why-no-word = тақырыптың бірде-бір сөзі жоқ
why-everything = тақырып таспаларының барлық мақаласын алады
why-too-early = айтуға ерте: тақырыптың сөздері жоқ, ал салыстыратын мақала аз
why-evidence = жиналғаны { $total }, керегі { $needed }; ең көп бергені – { $kind }
why-kind-words = тақырып сөздері
why-kind-description = сипаттаманың сөздері
why-kind-examples = мысалдардың сөздері
why-kind-meaning = сипаттаманың мағынасы
why-kind-meaning-of-examples = мысалдардың мағынасы
why-usage = Мақаланың сілтемесін жіберіңіз: <code>/topic why https://example.com/article</code>
error-article-unknown = { $url } мақаласын жинаған жоқпын. Ол таспаларда бар ма, оқылды ма?
error-topic-unknown = «{ $name }» деген тақырып жоқ. Тақырыптар: { $known }
error-topic-exists = <code>{ $slug }</code> тақырыбы бұрыннан бар. Өзгерту: /topic edit { $slug }.
error-topic-name = Тақырыпқа атау керек: /topic add Ғарыш
error-topic-slug = «{ $detail }» қысқа аты a-z, 0-9 және сызықшадан тұруы керек, 32-ден аспасын.
error-topic-word = «{ $detail }» – іздейтін сөз емес.
error-topic-phrase = «{ $detail }» тым ұзын: тіркесте 8 сөзден аспайды, ал басы* – бір сөз.
error-topic-too_many = Тақырыпта { $detail } сөзден аспайды.
error-topic-expression = «{ $detail }» дегенді оқи алмадым. Былай жазыңыз: зымыран AND ай, зымыран OR спутник, зымыран NOT ойыншық.
error-topic-strictness = «{ $detail }» – қатаңдық емес: words, broad, normal немесе strict деп жазыңыз.
error-topic-too_many_examples = Тақырыпта әр түрден { $detail } мысалдан көп болмайды.
error-topic-language = «{ $detail }» – тіл емес: en, ru, kk сияқты кодтарды жазыңыз.
error-topic-feed = «{ $detail }» – мекенжай емес.
error-topic-line = «{ $detail }» жолын түсінбедім. Жолдар words:, must:, not:, languages:, feeds:, about:, like:, dislike:, strictness:, name: немесе ru: сияқты тілден басталады.
error-topic-empty = Тақырып не туралы екенін айтыңыз: words: жолында сөздер немесе feeds: жолында мекенжайлар.

feed-list = 📡 <b>Таспалар: { $count }</b>{ $broken ->
        [0] { "" }
       *[other] { " " }· 🔴 { $broken }
    }{ $paused ->
        [0] { "" }
       *[other] { " " }· ⏸ { $paused }
    }
feed-none = Таспалар әлі жоқ.
feed-line-ok = 🟢 { $title } – тәулікте { $count } жазба, { $ago } оқылды
feed-line-new = ⚪️ { $title } – әлі оқылмаған
feed-line-broken =
    🔴 { $title } – қатарынан { $failures } рет{ $ago ->
        [none] { "" }
       *[other] , соңғы рет { $ago } оқылды
    }
    <i>{ $error }</i>
feed-usage =
    Нөмір таспаны ашады: күйі және өзгертуге болатынның бәрі.
    <b>Қосу</b>: <code>/feeds add https://example.com</code> – таспаның не сайттың мекенжайы, бірден бірнешеуі де болады.
    <b>Тізімдер</b>: <code>/feeds export</code> бәрін OPML файлы етіп береді; ондай файлды жіберсеңіз, ішіндегі таспаларды қосамын.
    <b>Барлық пәрмен</b>: <code>/feeds help</code>
feed-added =
    ✅ <b>{ $title }</b> таспасы қосылды
    { $url }
    Соңғылары: { $latest }
feed-added-empty =
    ✅ <b>{ $title }</b> таспасы қосылды
    { $url }
    Онда әзірге жазба жоқ.
feed-choice =
    🔎 <b>{ $site }</b> сайтында { $count } таспа бар. Қайсысын қосайын?
feed-choice-more = Сайттың басқа таспалары:
feed-entries = { $count ->
        [0] әзірге жазба жоқ
       *[other] { $count } жазба
    }
feed-newest = соңғысы { $ago }
feed-followed = бақылауда
feed-chosen = ✅ Бақылауда: { $titles }
feed-failed = ✖️ { $address }: { $error }
feed-not-an-address = ✖️ «{ $written }» – мекенжай емес.
feed-too-many = Бірден { $most } мекенжайдан аспайды. Одан ұзын тізімді OPML файлымен жіберіңіз.
feed-summary = <b>Барлығы</b>: қосылды – { $followed }, бұрыннан бақылауда – { $known }, таңдау керек – { $offered }, болмады – { $failed }.
offer-gone = Бұл таңдау ескірген. Ештеңе өзгерген жоқ; қайта сұраңыз.
list-found = 📥 Тізімде { $count } таспа бар, оның { $new } жаңа.
list-more = … және тағы { $count }
list-nothing-new = 📥 Тізімдегі { $count } таспаның бәрі бұрыннан бақылауда.
list-followed = ✅ Тағы { $count } таспа қосылды. Оларды қазір оқимын; күйін /feeds көрсетеді.
list-exported = { $count } таспа. Бұл файлды таспа оқитын бағдарламалар да, мен де түсінеміз.
feed-remove-question = <b>{ $title }</b> таспасын барлық мақаласымен жою керек пе?
feed-weighs = { $title } · салмағы { $weight }
feed-weighed = <b>{ $title }</b> таспасының салмағы енді { $weight }; әдеттегісі – 1.
error-feed-weight = Қай таспа және салмағы қандай екенін жазыңыз, { $least } мен { $most } аралығында: <code>/feeds weight 3 2</code>
feed-removed = <b>{ $title }</b> таспасы жойылды.
error-feed-exists = <b>{ $title }</b> бұрыннан бақылауда.
error-feed-unknown = Ондай таспа жоқ. Нөмірлерін /feeds көрсетеді.
error-feed-not-found = Ол жерден таспа таппадым. Сайттан RSS сілтемесін тауып, мекенжайын жіберіңіз.

## A feed by itself
feed-help =
    📡 <b>Таспаларға арналған пәрмендер</b>
    <code>3</code> – тізімдегі нөмір; оның орнына мекенжайын не атауының бөлігін жазуға болады, бос орны болса – тырнақшамен.

    <code>/feeds add https://example.com</code> – қосу; сайт та, бірнеше мекенжай да болады
    <code>/feeds 3</code> – таспаның күйі
    <code>/feeds rename 3 Жаңа атау</code>
    <code>/feeds move 3 https://example.com/new.xml</code> – жаңа мекенжай; айтқанының бәрі сақталады
    <code>/feeds credit 3 Жаңалығының жанындағы сөздер</code> – сөзсіз жіберсеңіз, алынады
    <code>/feeds language 3 kk</code> – тілі танылмайтын мақалалардың тілі; <code>auto</code> – берілмейді
    <code>/feeds weight 3 2</code> – айтқаны екі есе саналады; әдеттегісі 1, 0,1-ден 3-ке дейін
    <code>/feeds pause 3</code>, <code>/feeds resume 3</code> – енді сұрамау және қайта сұрау
    <code>/feeds retry 3</code> – қазір сұрау
    <code>/feeds latest 3</code> – соңғы айтқандары
    <code>/feeds remove 3</code> – мақалаларымен бірге жою
    <code>/feeds export</code> – бәрі OPML файлымен
feed-line-paused = ⏸ { $title } – тоқтатылған
feed-head = 📡 <b>{ $number }. { $title }</b>
feed-site = Сайты: { $url }
feed-health = { $state ->
        [ok] 🟢 { $ago } оқылды.
        [new] ⚪️ Әлі оқылмаған.
       *[broken] 🔴 Қатарынан { $failures } рет оқылмады{ $ago ->
            [none] , әзірге бір рет те оқылған жоқ.
           *[other] , соңғы рет { $ago } оқылды.
        }
    }
feed-paused-now = ⏸ <b>Тоқтатылған</b>: оны сұрамаймын.
feed-next = { $when ->
        [never] Өзім оны енді сұрамаймын; «Қазір тексеру» тағы бір рет сұрайды.
        [now] Кезегі – қазір.
       *[other] Келесі тексеру: { $when }.
    }
feed-daily = Соңғы тәулікте { $count } жазба
feed-quality = 7 күндегі мақалалар: { $count }. Бетінен { $share } %, тек таспадан { $from_feed }, тек тақырыбы { $headlines }. Әдеттегі ұзындығы: { $length } таңба.
feed-quality-none = Соңғы 7 күнде мақала болған жоқ.
feed-weight = Салмағы: { $weight }
feed-language = Мақаладан танылмаса, тілі: { $language }
feed-credit = Жаңалығының жанында: «{ $credit }»
feed-topics = Осы таспаның тақырыптары: { $topics }
feed-weight-question =
    ⚖️ <b>{ $title }</b> таспасының салмағы – { $weight }
    Оның айтқаны қанша саналсын? Әдеттегісі – 1. Немесе басқа сан жіберіңіз:
    <code>/feeds weight { $which } 0,7</code>
feed-language-question =
    🗣 <b>{ $title }</b>
    Тілін тану үшін тым қысқа мақалалары қай тілде? Немесе басқа код жіберіңіз:
    <code>/feeds language { $which } uz</code>
feed-latest = 📰 <b>{ $title }</b>{ $any ->
        [none] : әзірге ештеңе жоқ.
       *[some] : соңғылары
    }
feed-how-rename =
    ✏️ <b>{ $title }</b> таспасын басқаша атау үшін мынаны жіберіңіз:
    <code>/feeds rename { $which } Жаңа атау</code>
feed-how-move =
    🚚 <b>{ $title }</b> таспасының мекенжайы өзгерсе, мынаны жіберіңіз:
    <code>/feeds move { $which } https://example.com/new.xml</code>
    Ол жерде таспа бар-жоғын қараймын. Мақалалары мен тақырыптары қалады, ештеңе екі рет келмейді.
feed-how-credit =
    🖋 <b>{ $title }</b> таспасының баспагері жаңалықтарының жанына өз сөзін қоюды сұраса, мынаны жіберіңіз:
    <code>/feeds credit { $which } Рұқсатпен басылды</code>
    Сөзсіз жіберсеңіз, қолтаңба алынады.
feed-renamed = ✏️ «{ $before }» енді «{ $after }» деп аталады.
feed-moved = 🚚 <b>{ $title }</b> таспасын енді жаңа мекенжайынан оқимын: { $url }
feed-credited = 🖋 <b>{ $title }</b> жаңалықтарының жанында енді мынау тұрады: «{ $credit }»
feed-uncredited = 🖋 <b>{ $title }</b> жаңалықтарының жанында енді тек атауы тұрады.
feed-speaks = 🗣 { $language ->
        [none] <b>{ $title }</b> мақалаларының тілі енді тек өздерінен танылады.
       *[other] <b>{ $title }</b> мақаласынан тілі танылмаса, енді ол – { $language }.
    }
feed-paused = ⏸ <b>{ $title }</b> таспасы тоқтатылды. Айтқанының бәрі қалады.
feed-resumed = ▶️ <b>{ $title }</b> таспасы қайтадан оқылады.
feed-asking = 🔄 <b>{ $title }</b> таспасын сұрап жатырмын…
feed-unchanged = Бұрыннан солай еді.
feed-preview =
    🔎 <b>{ $title }</b>
    { $url }
    Қосайын ба?
error-feed-ambiguous = Бірнеше таспа сай келеді: { $titles }. Нөмірін, мекенжайын не атауын толығырақ жазыңыз.
error-feed-several =
    Ол жерде бірнеше таспа бар. Біреуінің мекенжайын жазыңыз:
    { $urls }
error-feed-paused = <b>{ $title }</b> таспасы тоқтатылған. Алдымен /feeds resume.
error-feed-title = Таспа атауында 1-ден { $title }-ге дейін таңба болады.
error-feed-credit = Жаңалық жанындағы сөздер { $credit } таңбадан аспайды.
error-feed-language = Екі әріптен тұратын код жазыңыз, мысалы en, ru не kk, немесе auto.
error-list-long = Бұл тізімде { $most } таспадан көп. Бөліп жіберіңіз; әзірге ештеңе қосылған жоқ.
list-folders = 📁 Қалталар: { $names }
list-topics-added = 🏷 Жаңа тақырыптар: { $names }
list-topics-changed = 🏷 Осы таспалар қосылған тақырыптар: { $names }
list-topics-left = ▫️ Сол күйінде қалды: { $names }. Ондай тақырып барлық таспадан алады, ондай атау тақырыпқа келмейді немесе қалта тым көп.
alarm-broken = 🔴 <b>{ $count } таспа оқылмай қалды</b>
alarm-line = • <b>{ $title }</b>: { $error }
alarm-back = 🟢 Қайта оқылып жатыр: { $titles }

## Staff and the log of changes
command-admins = Кім не істей алады және өзгерістер журналы
error-topic-changed = <code>{ $slug }</code> тақырыбын осы арада басқа біреу өзгертті. /topic арқылы қайта қарап, өзгерісіңізді қайта енгізіңіз.
not-allowed = Мұны істеуге құқығыңыз жоқ.
invitation-gone = Бұл шақыру қолданылған, ескірген немесе сізге жаңа ештеңе бермейді. Жаңасын сұраңыз.
member-gone = Ондай қызметкер енді жоқ.
change-gone = Мұны қайтаруға болмайды: бұрын қайтарылған немесе содан бері қайта өзгертілген.
change-reverted = Қайтарылды.
staff-head =
    👥 <b>Кім не істей алады</b>
    Иелері: { $owners }, оларды оператор атаған. Әкімшілер тақырыптар мен таспаларды жүргізеді, редакторлар – тек өз тақырыптарын.
staff-line = • { $name } (<code>{ $id }</code>) – { $role ->
        [admin] әкімші
       *[editor] редактор: { $topics }
    }
staff-topic-question = Редакторға қай тақырып берілсін? Басқаларын келесі шақырулармен қосуға болады.
staff-invited =
    🔗 Осы сілтемемен бірінші кірген адам { $role ->
        [admin] <b>әкімші</b> болады
       *[editor] <b>редактор</b> болады: { $topics }
    }. Бір рет, жеті күн жарайды:
    <code>{ $link }</code>
staff-welcome = 👋 Қош келдіңіз! { $role ->
        [admin] Енді осы боттың <b>әкімшісісіз</b>. Сізге /topic, /feeds және /admins ашық; толығырақ: /help.
       *[editor] Енді <b>редакторсыз</b>: { $topics }. Сізге /topic пәрмені ашық.
    }
button-dismiss = ✕ { $name }
button-invite-admin = ➕ Әкімші
button-invite-editor = ➕ Редактор
button-log = 📜 Өзгерістер журналы
button-revert = ↩️ Мұны қайтару
audit-head = 📜 <b>Не өзгертілді</b>{ $any ->
        [none] : әзірге ештеңе.
       *[some] , жаңасы алдымен. Нөмір өзгерісті ашады.
    }
audit-line = { $ago } · { $name } · { $act ->
        [topic_added] тақырып қосылды
        [topic_changed] тақырып өзгертілді
        [topic_removed] тақырып жойылды
        [feed_added] таспа қосылды
        [feed_changed] таспа өзгертілді
        [feed_removed] таспа жойылды
        [staff_added] қатарға қосылды:
        [staff_removed] қатардан шығарылды:
       *[broadcast] оқырмандарға жазылды:
    } <code>{ $subject }</code>{ $reverted ->
        [none] { "" }
       *[reverted] { " " }(қайтарылды)
    }
audit-field = <b>{ $name }</b>: { $before } → { $after }
audit-reverted = <i>Бұл қайтарылды.</i>

## Figures
command-stats = Сандар: оқырман, шығарылым, тақырып, таспа
button-as-text = Мәтінмен
button-as-csv = Кестемен (CSV)
stats-usage = /stats немесе /stats және неше күн екенін жазыңыз: ең көбі { $most }.
stats-caption =
    📊 <b>Соңғы { $days } күн</b> (UTC)
    👥 Оқырман { $readers }, үзілісте { $paused }, кеткені { $gone }; жаңасы { $joined }
    📰 Кесте бойынша { $editions } шығарылым, сұрау бойынша { $requests }; { $articles } мақала жиналды
    ⏱ { $half ->
        [none] шығарылым болған жоқ
       *[other] шығарылымдардың жартысы өз минутынан { $half } с ішінде, 99 % – { $nearly } с ішінде
    }
    📡 Таспалар: дұрысы { $well }, қателісі { $failing }, тоқтағаны { $stopped }, жаңасы { $new }
stats-day = { $day } шығарылым { $editions }, сұрау { $requests }, бірден { $notices }, жаңа оқырман { $joined }, мақала { $articles }
chart-days = Күндер бойынша шығарылымдар
chart-delays = Осынша секундта жеткен шығарылымдар
chart-stories = Тақырыптар бойынша оқиғалар, { $days } күн
chart-feeds = Таспалар бойынша жазбалар, { $days } күн
chart-editions = кесте бойынша
chart-requests = сұрау бойынша
chart-notices = бірден
chart-joined = Күндер бойынша жаңа оқырмандар
chart-seconds = с
chart-well = дұрыс
chart-new = жаңа
chart-failing = қателі
chart-stopped = тоқтаған
chart-none = әзірге ештеңе

## Sharing a story in any chat
help-inline = Кез келген чатта <code>@{ $bot } тасқын Атырау</code> деп жазып, оқиғаны дереккөздерімен бөлісіңіз; сөзсіз жазсаңыз, соңғылары шығады.
inline-open = Тақырыптарыңыз бен сағатыңыз
inline-nothing = Оқығанымда мұндай сөздер жоқ

## Threads of forums
help-threads = /thread – осы топтың қай тармағына қай тақырып келеді (оны топ әкімшілері шешеді)
button-threads = 🧵 Тармақтар
button-make-threads = ➕ { $count } тармақ ашу
button-forget-threads = Барлық тақырып бір жерде
button-everything-else = Қалғанының бәрі
threads-screen =
    🧵 <b>Тармақтар</b>
    Әр тақырыптың осы топта өз тармағы бола алады; қалғаны мені іске қосқан жерге келеді.
threads-line = • { $name }{ $own ->
        [yes] { " " }– өз тармағында
       *[no] { "" }
    }
threads-no-right = Тармақтарды өзім ашуым үшін осында <b>«Тақырыптарды басқару»</b> құқығы бар әкімші болуым керек. Онсыз әкімші тармаққа кіріп, сонда /thread жіберіп, оған не келетінін таңдай алады.
threads-here = <b>Осы тармаққа</b> не келсін?
threads-none = Бұл чатта тармақтар жоқ. Әкімші оларды топтың өз баптауларынан («Тақырыптар») қоса алады.
threads-later = Telegram жаңа тармақ ашпас бұрын күте тұруды сұрайды. Батырманы бір минуттан кейін қайта басыңыз; ашылғандары қалады.

## Channels and groups, set up from the private chat
privacy-places = Өзім бар топтар мен арналардың атауын және әкімшілерінің нөмірлерін сақтаймын: оларды тек солар баптай алуы үшін.
help-channels = /channels – сіз әкімші болып тұрған арналар мен топтар: мені арнаға әкімші етіп, осы жерден баптаңыз
button-chats = 📢 Арналар мен топтар
button-set-up = ⚙️ Баптау
chats-screen =
    📢 <b>Арналар мен топтар</b>
    Бұларда сіз әкімшісіз. Не және қашан келетінін шешу үшін біреуін таңдаңыз.
chats-none = Мен сіздің ешбір арнаңызда не тобыңызда жоқпын. Мені <b>«Хабарлама жариялау»</b> құқығымен арнаға әкімші етіңіз немесе топқа қосыңыз да, /channels пәрменін қайта жіберіңіз.
place-typing = <i>Мұндағы батырмалар соған арналған; маған жазғаныңыз өз дайджестіңізге қатысты.</i>
place-arrived = 📢 Енді <b>{ $title }</b> ішінде жариялай аламын. Онда қандай тақырыптар және қашан келсін?
place-barred =
    ⚠️ <b>{ $title }</b> ішінде жазуға құқығым жоқ, сондықтан ондағы дайджест үзілісте. Ештеңе жоғалған жоқ: өткізіп алғаны келесісінде болады.
    { $kind ->
        [channel] Арна әкімшілері арасында маған <b>«Хабарлама жариялау»</b> құқығын беріп, «Қайта қосу» батырмасын басыңыз.
       *[group] Топ рұқсаттарында маған хабарлама жіберуге рұқсат беріңіз немесе мені әкімші етіңіз де, «Қайта қосу» батырмасын басыңыз.
    }
place-gone = Мен ол арнада не топта енді жоқпын. Мені қайта қоссаңыз, бәрі бұрынғыдай жалғасады.
place-admins-only = Мұны тек «{ $title }» әкімшілері өзгерте алады.
place-not-set-up = Ол әлі бапталмаған. Алдымен «Баптау» батырмасын басыңыз.
place-posted = ✅ <b>{ $title }</b> ішінде жарияланды.
place-not-posted = Дайджест <b>{ $title }</b> ішіне жетпеді. Ештеңе жоғалған жоқ: қайта көремін немесе келесісінде келеді. Менің онда жазуға құқығым бар ма?
place-nothing-new = <b>{ $title }</b> үшін қазір жаңа ештеңе жоқ.
place-erase-question = <b>{ $title }</b> туралы сақтағанымның бәрін өшіріп, онда ештеңе жіберілмесін бе?
place-erased = Дайын: <b>{ $title }</b> туралы бәрі өшірілді. /channels қайта баптайды.

## Broadcasts
command-broadcast = Келіскен оқырмандарға жазу
button-announcements = Әкімшілердің хабарлары
button-send = 📣 Жіберу: { $count }
button-refresh = 🔄
button-stop-broadcast = ✋ Тоқтату
announcements-on = Бот әкімшілерінің хабарлары келіп тұрады.
announcements-off = Бот әкімшілерінің хабарлары келмейді.
broadcast-none = Әзірге хабарлама таратылған жоқ.
broadcast-usage = <code>/broadcast</code> және келіскен оқырмандарға не жіберілетінін жазыңыз; жібермес бұрын оны көресіз.
broadcast-nobody = Әкімшілердің хабарларына әлі ешкім келіскен жоқ. Оны /settings ішінен қосуға болады.
broadcast-question = 📣 Мұны келіскен { $count } оқырман алады, шамамен { $minutes } минутта, барлық шығарылымнан кейін. Жіберейін бе?
broadcast-progress =
    📣 <b>{ $state ->
        [sending] Жіберілуде
        [cancelled] Тоқтатылды
       *[over] Дайын
    }</b> { $bar }
    { $readers } ішінен { $sent } жіберілді{ $failed ->
        [0] .
       *[other] , { $failed } жіберілмеді: тоқтатылды немесе чат жабық.
    }

## Home of the admins, and the doctor
command-admin = Әкімшінің басты беті
button-doctor = 🩺 Бәрі дұрыс па?
button-staff = 👥 Кім не істей алады және журнал
admin-home =
    🛠 <b>Әкімшілерге</b>
    /topic – тақырыптар: нені алады және неге
    /feeds – таспалар, олардың күйі, тізімдер
    /stats – суреттегі сандар
    /broadcast – келіскен оқырмандарға жазу
    /admins – кім не істей алады; барлық өзгеріс және оны қайтару
admin-home-editor = 🛠 Сіз редакторсыз: { $topics }. Сізге /topic пәрмені ашық.
doctor-head = 🩺 <b>{ $faults ->
        [0] Бәрі дұрыс.
       *[other] { $faults } ақау
    }</b>
health-token = Telegram { $name } ботын таниды
health-token-missing = Токен жоқ
health-token-missing-advice = TELEGRAM_BOT_TOKEN мәнін беріңіз; оны @BotFather береді.
health-token-unknown = Telegram бұл токенді танымайды
health-token-unknown-advice = TELEGRAM_BOT_TOKEN мәнін @BotFather ботынан қайта көшіріңіз.
health-telegram-away = Telegram қолжетімсіз: { $error }
health-telegram-away-advice = Желіні және TELEGRAM_API_URL мәнін тексеріңіз.
health-inline = Кірістірілген режим қосулы
health-inline-off = Кірістірілген режим өшірулі
health-inline-off-advice = @BotFather ботындағы /setinline кез келген чатта оқиға бөлісуге мүмкіндік береді.
health-groups = Ботты топтарға қосуға болады
health-groups-off = Ботты топтарға қосуға болмайды
health-groups-off-advice = Оған @BotFather ботындағы /setjoingroups рұқсат береді.
health-clock = Сағат дұрыс
health-clock-alone = Мұнда { $now } UTC; салыстыратын ештеңе болмады
health-clock-off = Сағат { $seconds } с қателеседі
health-clock-off-advice = Осы машинаның сағатын NTP арқылы түзетіңіз.
health-disk = Дискіде { $megabytes } МБ бос
health-disk-full = Дискіде { $megabytes } МБ қана бос
health-disk-full-advice = Орын босатыңыз: орын бітсе, дерекқор ештеңе жаза алмайды.
health-disk-unknown = Дискіні тексеру мүмкін емес: { $error }
health-disk-unknown-advice = DATA_DIR мәнін тексеріңіз.
health-database = Дерекқор: { $readers } оқырман, { $topics } тақырып, { $feeds } таспа
health-no-database = Дерекқор ашылмайды: { $error }
health-no-database-advice = DATABASE_URL мен DATA_DIR мәндерін және бұл пайдаланушының онда жаза алатынын тексеріңіз.
health-no-topics = Тақырып жоқ
health-no-topics-advice = Чатта қосыңыз: /topic add АТЫ – немесе тақырыптар файлын жүктеңіз.
health-no-feeds = Таспа жоқ
health-no-feeds-advice = Чатта қосыңыз: /feeds add МЕКЕНЖАЙ – немесе тақырыптар файлын жүктеңіз.
health-feed = { $title } таспасы: { $code }
health-gathered = Таспа соңғы рет сәтті оқылған уақыт: { $at } UTC
health-gathered-never = Әлі бірде-бір таспа оқылған жоқ
health-gathered-never-advice = Іске қосылғаннан кейін бұған бір минут керек; әрқайсысы туралы /feeds айтады.
health-gathered-late = { $at } UTC бері бірде-бір таспаны оқу мүмкін болмады
health-gathered-late-advice = Бот жұмыс істеп тұр ма, машинасы интернетке шыға ала ма?
health-outbox = Кешіккен ештеңе жоқ; жіберуді күткені: { $waiting }
health-outbox-full = Жіберуді күткені: { $waiting }
health-outbox-full-advice = Telegram секундына 30 хабар қабылдайды; бұл өзі өтеді.
health-outbox-late = Шығарылымдар { $at } UTC бері күтуде, барлығы { $waiting }
health-outbox-late-advice = <code>newsdigest run</code> іске қосылған ба, Telegram қолжетімді ме?
