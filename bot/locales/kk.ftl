# Қазақша.

language-name = Қазақша

## Commands, as the menu shows them
command-start = Тақырып, сағат және уақыт белдеуін таңдау
command-digest = Дайджест қазір
command-topics = Сіздің тақырыптарыңыз
command-summarize = Сілтеменің не мәтіннің қысқаша мазмұны
command-settings = Сағат, уақыт белдеуі, көлем, тіл
command-pause = Қайта қосқанша үнсіздік
command-resume = Дайджест қайта келсін
command-help = Не істей аламын
command-stop = Кету және деректерді өшіру
command-topic = Тақырыптар: қосу, өзгерту, жою
command-feeds = Таспалар: қосу, жою, күйі
bot-short-description = Сіздің сағатыңызда бір дайджест: сіздің тақырыптарыңыз, әр оқиға бір рет, дереккөздерімен.
bot-description = Мен жаңалықтарды сіз үшін оқып, сіздің сағатыңызда бір қысқа дайджест жіберемін: тек сіздің тақырыптарыңыз, тек сізге жаңасы, әр оқиға дереккөз сілтемелерімен. Кез келген сілтемені жіберіңіз, қысқаша мазмұнын айтамын.

## Joining
join-topics =
    👋 <b>Сәлеметсіз бе! Жаңалықты сіздің орныңызға мен оқимын.</b>
    Күніне бір рет, сіздің сағатыңызда, бір хабарлама: тек сіздің тақырыптарыңыз, әр оқиға бір рет, дереккөз сілтемелерімен.

    <b>3 қадамның 1-і · Сізге не қызық?</b>
join-time =
    <b>3 қадамның 2-сі · Дайджест қашан келсін?</b>
    Сіздің уақытыңызбен <b>{ $time }</b>. Сағатты таңдаңыз немесе уақытты жіберіңіз, мысалы <code>07:35</code>.
join-zone =
    <b>3 қадамның 3-і · Сіз қайдасыз?</b>
    Қазір: <b>{ $zone }</b>, ол жақта { $clock }. Уақыт белдеуін таңдаңыз немесе қаланың атын жіберіңіз.
join-done =
    ✅ <b>Дайын.</b>
    Келесі дайджест: <b>{ $next }</b>.
    Оны дәл қазір де алуға болады, ал кез келген сілтемені жіберсеңіз, қысқаша мазмұнын айтамын.
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
button-settings = ⚙️ Баптаулар
button-topics = 🏷 Тақырыптар
button-time = 🕗 Сағат
button-zone = 🌍 Уақыт белдеуі
button-size = 📏 Көлем
button-language = 🗣 Тіл
button-pause = 🔕 Үзіліс
button-resume = 🔔 Қайта қосу
button-remove = 🗑 { $name } – жою
button-really-remove = Иә, жою
button-really-leave = Иә, бәрін өшіру
button-cancel = Болдырмау

## Screens
topics-screen =
    🏷 <b>Сіздің тақырыптарыңыз</b>
    Қосу не алып тастау үшін басыңыз. Сан – тақырыпта соңғы тәулікте болған оқиғалар саны.
time-screen =
    🕗 <b>Сіздің сағатыңыз: { $time }</b>
    Сағатты таңдап, минутқа жылжытыңыз немесе уақытты жіберіңіз, мысалы <code>07:35</code>.
zone-screen =
    🌍 <b>Сіздің уақыт белдеуіңіз: { $zone }</b>
    Ол жақта қазір { $clock }. Басқасын таңдаңыз немесе қаланың атын жіберіңіз.
size-screen =
    📏 <b>Дайджест көлемі</b>
    Оқиғалар саны осыдан аспайды.
language-screen = 🗣 <b>Тіл</b>
settings-screen =
    ⚙️ <b>Баптаулар</b>

    🏷 Тақырыптар: { $topics }
    🕗 Сағат: <b>{ $time }</b>
    🌍 Уақыт белдеуі: { $zone }
    📏 Көлем: { $size } оқиғаға дейін
    🗣 Тіл: қазақша

    { $state ->
        [paused] 🔕 Үзіліс. Қайта қосқанша ештеңе келмейді.
       *[active] Келесі дайджест: <b>{ $next }</b>.
    }
no-topics-chosen = әзірге жоқ

## Short answers
saved-time = Сақталды: { $time }
saved-zone = Сақталды: { $zone }
saved = Сақталды
time-saved-message = 🕗 Енді дайджест <b>{ $time }</b> келеді. Келесісі: { $next }.
zone-saved-message = 🌍 Сіздің уақыт белдеуіңіз – <b>{ $zone }</b>, ол жақта қазір { $clock }. Келесі дайджест: { $next }.
paused = 🔕 Үзіліс. /resume дейін ештеңе келмейді; өткізіп алғаныңыз одан кейінгі дайджестте болады.
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
    <b>Күніне бір рет тақырыптарыңыз бойынша жаңалықтар дайджестін жіберемін.</b>
    Әр оқиға бір рет, мақаланың өз сөйлемдерімен, дереккөз сілтемелерімен келеді.

    /digest – дайджест қазір
    /topics – таңдаған тақырыптарыңыз
    /summarize – сілтеменің қысқаша мазмұны; немесе сілтемені, бағытталған жазбаны не мәтінді жібере салыңыз
    /settings – сағат, уақыт белдеуі, көлем, тіл
    /pause, /resume – үнсіздік және қайтадан дайджест
    /stop – кету және деректерді өшіру

    Уақытты (<code>07:35</code>) немесе қаланы жібере салсаңыз да болады: оны сіздің сағатыңыз не уақыт белдеуіңіз деп түсінемін.
help-admin =
    <b>Әкімшілерге</b>
    /topic – тақырыптар тізімі, оларды қосу, өзгерту және жою
    /feeds – таспалар тізімі мен күйі, оларды қосу және жою

## Summaries
summarize-usage = Сілтеме, бағытталған жазба немесе бірнеше сөйлемнен тұратын мәтін жіберіңіз, /summarize пәрменімен не онсыз.
summary-nothing = Ол жерден мақала таппадым.
summary-meta = { $saved ->
        [0] { $minutes } минуттық оқу
       *[other] { $saved } минут оқу үнемделді
    }
summary-no-zone = { $date } (уақыт белдеуі көрсетілмеген)
unknown-text = Түсінбедім. Қысқаша мазмұны үшін сілтеме не мәтін, <code>07:35</code> сияқты уақыт, қала немесе /help жіберіңіз.

## The digest
digest-morning = Таңғы дайджест
digest-day = Түскі дайджест
digest-evening = Кешкі дайджест
digest-night = Түнгі дайджест
digest-now = Сіздің дайджестіңіз
digest-minutes = { $minutes } мин
digest-also = сондай-ақ { $sources }
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
error-status = Сайт қатемен жауап берді ({ $status }).
error-not-a-feed = Бұл таспа емес.
error-busy = Бұл тым ұзаққа созылды, сондықтан тоқтаттым. Бұл шынымен мақала ма?
error-unreadable = Ол жерден мақала мәтінін таппадым.
error-unknown-zone = «{ $name }» деген уақыт белдеуін не қаланы білмеймін. Жақын маңдағы үлкен қаланы немесе Asia/Almaty сияқты атауды жіберіп көріңіз.
error-unexpected = Менің жағымда бірдеңе бұзылды. Бұл жазып алынды; кейінірек қайталап көріңіз.

## Admins
admin-only = Мұны тек бот әкімшілері істей алады.
cancelled = Ештеңе өзгерген жоқ.
topic-list = 🏷 <b>Тақырыптар</b>
topic-line = <b>{ $name }</b> (<code>{ $slug }</code>) – 7 күнде { $stories } оқиға
topic-words = сөздер: { $words }
topic-exclude = бұларсыз: { $words }
topic-feeds = тек мына таспалар: { $feeds }
topic-everything = таспаларының барлық мақаласы
topic-none = Тақырыптар әлі жоқ.
topic-usage =
    <b>Тақырып қосу</b>, әрқайсысы жаңа жолдан:
    <pre>/topic add Ғарыш
    words: зымыран, орбита*, "ғарыш станциясы"
    not: жұлдызнама
    feeds: https://example.com/feed.xml
    en: Space
    ru: Космос
    about: Зымырандар мен телескоптар</pre>
    Сөз барлық тұлғасымен, <code>орбита*</code> басталуы бойынша, <code>"тіркес"</code> сөзбе-сөз ескеріледі. Тек атауы мен сөздері не таспалары керек.

    <b>Өзгерту</b>: <code>/topic edit garysh</code> және өзгеретін жолдар; <code>words: +ай, -зымыран</code> қосады және алып тастайды; <code>name: Алыс ғарыш</code> атын өзгертеді.
    <b>Жою</b>: <code>/topic remove garysh</code>
topic-added = ✅ <b>{ $name }</b> (<code>{ $slug }</code>) тақырыбы қосылды. Соңғы 7 күннен оған { $stories } оқиға кіреді.
topic-changed = ✅ <b>{ $name }</b> тақырыбы өзгертілді. Соңғы 7 күннен оған { $stories } оқиға кіреді.
topic-remove-question = <b>{ $name }</b> тақырыбын жою керек пе? Оқырмандарының басқа тақырыптары қалады.
topic-removed = <b>{ $name }</b> тақырыбы жойылды.
error-topic-unknown = «{ $name }» деген тақырып жоқ. Тақырыптар: { $known }
error-topic-exists = <code>{ $slug }</code> тақырыбы бұрыннан бар. Өзгерту: /topic edit { $slug }.
error-topic-name = Тақырыпқа атау керек: /topic add Ғарыш
error-topic-slug = «{ $detail }» қысқа аты a-z, 0-9 және сызықшадан тұруы керек, 32-ден аспасын.
error-topic-word = «{ $detail }» – іздейтін сөз емес.
error-topic-phrase = «{ $detail }» тым ұзын: тіркесте 8 сөзден аспайды, ал басы* – бір сөз.
error-topic-too_many = Тақырыпта { $detail } сөзден аспайды.
error-topic-feed = «{ $detail }» – мекенжай емес.
error-topic-line = «{ $detail }» жолын түсінбедім. Жолдар words:, not:, feeds:, about:, name: немесе ru: сияқты тілден басталады.
error-topic-empty = Тақырып не туралы екенін айтыңыз: words: жолында сөздер немесе feeds: жолында мекенжайлар.

feed-list = 📡 <b>Таспалар</b>
feed-none = Таспалар әлі жоқ.
feed-line-ok = 🟢 { $title } – тәулікте { $count } жазба, { $ago } оқылды
feed-line-new = ⚪️ { $title } – әлі оқылмаған
feed-line-broken = 🔴 { $title } – { $error } (қатарынан { $failures } рет{ $ago ->
        [none] { "" }
       *[other] , соңғы рет { $ago } оқылды
    })
feed-usage =
    <b>Қосу</b>: <code>/feeds add https://example.com</code> – таспаның немесе оны атайтын сайттың мекенжайы.
    <b>Жою</b>: <code>/feeds remove 3</code> – тізімдегі нөмірі бойынша.
feed-added =
    ✅ <b>{ $title }</b> таспасы қосылды
    { $url }
    Соңғылары: { $latest }
feed-added-empty =
    ✅ <b>{ $title }</b> таспасы қосылды
    { $url }
    Онда әзірге жазба жоқ.
feed-remove-question = <b>{ $title }</b> таспасын барлық мақаласымен жою керек пе?
feed-removed = <b>{ $title }</b> таспасы жойылды.
error-feed-exists = <b>{ $title }</b> бұрыннан бақылауда.
error-feed-unknown = Ондай таспа жоқ. Нөмірлерін /feeds көрсетеді.
error-feed-not-found = Ол жерден таспа таппадым. Сайттан RSS сілтемесін тауып, мекенжайын жіберіңіз.
