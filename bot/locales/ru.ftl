# Русский.

language-name = Русский

## Commands, as the menu shows them
command-start = Выбрать темы, час и часовой пояс
command-digest = Дайджест сейчас
command-topics = Ваши темы
command-summarize = Краткое содержание ссылки или текста
command-settings = Час, часовой пояс, объём, язык
command-pause = Тишина до возобновления
command-resume = Снова присылать дайджесты
command-help = Что я умею
command-stop = Уйти и стереть свои данные
command-topic = Темы: добавить, изменить, убрать
command-feeds = Ленты: добавить, убрать, состояние
bot-short-description = Один дайджест в ваш час: ваши темы, каждая история один раз, со ссылками на источники.
bot-description = Я читаю новости за вас и присылаю один короткий дайджест в ваш час: только ваши темы, только новое для вас, каждая история со ссылками на источники. Пришлите любую ссылку, и я перескажу её коротко.

## Joining
join-topics =
    👋 <b>Здравствуйте! Я читаю новости, чтобы вам не приходилось.</b>
    Раз в день, в ваш час, одно сообщение: только ваши темы, каждая история один раз, со ссылками на источники.

    <b>Шаг 1 из 3 · Что вам интересно?</b>
join-time =
    <b>Шаг 2 из 3 · Когда присылать дайджест?</b>
    В <b>{ $time }</b> по вашему времени. Выберите час или пришлите время, например <code>07:35</code>.
join-zone =
    <b>Шаг 3 из 3 · Где вы?</b>
    Сейчас: <b>{ $zone }</b>, там { $clock }. Выберите часовой пояс или пришлите название города.
join-done =
    ✅ <b>Готово.</b>
    Следующий дайджест придёт <b>{ $next }</b>.
    Можно получить его прямо сейчас, а ещё присылайте любую ссылку – перескажу коротко.
join-no-topics = Тем пока нет. Сначала их должен добавить администратор бота.
choose-one-topic = Сначала выберите хотя бы одну тему.

## Buttons
button-next = Дальше ▸
button-back = ◂ Назад
button-done = ✅ Готово
button-all = Все
button-none = Ни одной
button-digest = 📰 Дайджест сейчас
button-last = ↩️ Показать последний ещё раз
button-settings = ⚙️ Настройки
button-topics = 🏷 Темы
button-time = 🕗 Час
button-zone = 🌍 Часовой пояс
button-size = 📏 Объём
button-language = 🗣 Язык
button-pause = 🔕 Пауза
button-resume = 🔔 Возобновить
button-remove = 🗑 Убрать { $name }
button-really-remove = Да, убрать
button-really-leave = Да, стереть всё
button-cancel = Отмена

## Screens
topics-screen =
    🏷 <b>Ваши темы</b>
    Нажмите, чтобы следить или перестать. Число – сколько историй было в теме за сутки.
time-screen =
    🕗 <b>Ваш час: { $time }</b>
    Выберите час и сдвиньте по минутам или пришлите время, например <code>07:35</code>.
zone-screen =
    🌍 <b>Ваш часовой пояс: { $zone }</b>
    Там сейчас { $clock }. Выберите другой или пришлите название города.
size-screen =
    📏 <b>Объём дайджеста</b>
    Не больше стольких историй.
language-screen = 🗣 <b>Язык</b>
settings-screen =
    ⚙️ <b>Настройки</b>

    🏷 Темы: { $topics }
    🕗 Час: <b>{ $time }</b>
    🌍 Часовой пояс: { $zone }
    📏 Объём: { $size ->
        [one] до { $size } истории
       *[other] до { $size } историй
    }
    🗣 Язык: русский

    { $state ->
        [paused] 🔕 Пауза. Ничего не придёт, пока вы не возобновите.
       *[active] Следующий дайджест придёт <b>{ $next }</b>.
    }
no-topics-chosen = пока нет

## Short answers
saved-time = Сохранено: { $time }
saved-zone = Сохранено: { $zone }
saved = Сохранено
time-saved-message = 🕗 Теперь дайджест приходит в <b>{ $time }</b>. Следующий: { $next }.
zone-saved-message = 🌍 Ваш часовой пояс – <b>{ $zone }</b>, там сейчас { $clock }. Следующий дайджест: { $next }.
paused = 🔕 Пауза. Ничего не придёт до /resume; пропущенное войдёт в дайджест после неё.
resumed = 🔔 Дайджесты снова приходят. Следующий – <b>{ $next }</b>.
stop-question = Уйти насовсем? Я перестану писать и сотру всё, что о вас храню. /pause просто заставит меня молчать.
stopped = Готово: всё о вас стёрто. /start вернёт меня.
not-joined = Начнём с /start.
stale-button = Эта кнопка устарела. Вот как всё сейчас.
nothing-new = По вашим темам { $since ->
        [none] пока ничего нового.
       *[other] ничего нового с { $since }.
    } { $next ->
        [none] { "" }
       *[other] Следующий дайджест придёт { $next }.
    }
no-topics-followed = Вы не следите ни за одной темой. Выберите: /topics

help =
    <b>Раз в день я присылаю дайджест новостей по вашим темам.</b>
    Каждая история приходит один раз, в нескольких предложениях самой статьи, со ссылками на источники.

    /digest – дайджест сейчас
    /topics – за чем вы следите
    /summarize – краткое содержание ссылки; или просто пришлите ссылку, пересланную запись или текст
    /settings – час, часовой пояс, объём, язык
    /pause, /resume – тишина и снова дайджесты
    /stop – уйти и стереть свои данные

    Ещё можно просто прислать время (<code>07:35</code>) или город: я пойму это как ваш час или часовой пояс.
help-admin =
    <b>Администраторам</b>
    /topic – список тем и как их добавлять, менять и убирать
    /feeds – список лент с их состоянием и как их добавлять и убирать

## Summaries
summarize-usage = Пришлите ссылку, пересланную запись или текст в несколько предложений – с командой /summarize или без неё.
summary-nothing = Статьи там не нашлось.
summary-meta = { $saved ->
        [0] { $minutes ->
            [one] { $minutes } минута чтения
            [few] { $minutes } минуты чтения
           *[many] { $minutes } минут чтения
        }
       *[other] { $saved ->
            [one] сэкономлена { $saved } минута чтения
            [few] сэкономлены { $saved } минуты чтения
           *[many] сэкономлено { $saved } минут чтения
        }
    }
summary-no-zone = { $date } (часовой пояс не указан)
unknown-text = Я не понял. Пришлите ссылку или текст, чтобы пересказать, время, например <code>07:35</code>, город или /help.

## The digest
digest-morning = Утренний дайджест
digest-day = Дневной дайджест
digest-evening = Вечерний дайджест
digest-night = Ночной дайджест
digest-now = Ваш дайджест
digest-minutes = { $minutes } мин
digest-also = также { $sources }
digest-more-sources = и ещё { $count }
digest-tally = Прочитано { $read }, здесь { $shown }{ $parts ->
        [none] .
       *[other] : { $parts }.
    }
tally-repeats = { $count ->
        [one] { $count } повтор
        [few] { $count } повтора
       *[many] { $count } повторов
    }
tally-off-topic = { $count } не по теме
tally-held-back = { $count } на потом
digest-next = Следующий выпуск придёт { $next }.
digest-nothing = { $date }: по вашим темам ничего нового. { $tally }

## Errors a person can act on
error-refused = Этот адрес мне открывать нельзя: он не в открытом интернете.
error-unreachable = Сайт недоступен. Верен ли адрес?
error-timeout = Сайт слишком долго не отвечает. Попробуйте позже.
error-too-large = Это слишком много для меня.
error-status = Сайт ответил ошибкой ({ $status }).
error-not-a-feed = Это не лента.
error-busy = Это заняло слишком много времени, я отказался. Точно ли это статья?
error-unreadable = Текста статьи там не нашлось.
error-unknown-zone = Не знаю часового пояса или города «{ $name }». Попробуйте крупный город поблизости или имя вроде Asia/Almaty.
error-unexpected = На моей стороне что-то сломалось. Это записано; попробуйте, пожалуйста, позже.

## Admins
admin-only = Это могут только администраторы бота.
cancelled = Ничего не изменено.
topic-list = 🏷 <b>Темы</b>
topic-line = <b>{ $name }</b> (<code>{ $slug }</code>) – { $stories ->
        [one] { $stories } история
        [few] { $stories } истории
       *[many] { $stories } историй
    } за 7 дней
topic-words = слова: { $words }
topic-exclude = кроме: { $words }
topic-feeds = только ленты: { $feeds }
topic-everything = все статьи её лент
topic-none = Тем пока нет.
topic-usage =
    <b>Добавить тему</b>, каждая вещь с новой строки:
    <pre>/topic add Космос
    words: ракета, орбит*, "космическая станция"
    not: гороскоп
    feeds: https://example.com/feed.xml
    en: Space
    kk: Ғарыш
    about: Ракеты и телескопы</pre>
    Слово считается во всех формах, <code>орбит*</code> – по началу, <code>"фраза"</code> – слово за словом. Нужны только название и слова или ленты.

    <b>Изменить</b>: <code>/topic edit kosmos</code> и строки, которые меняются; <code>words: +луна, -ракета</code> добавляет и убирает; <code>name: Дальний космос</code> переименовывает.
    <b>Убрать</b>: <code>/topic remove kosmos</code>
topic-added = ✅ Тема <b>{ $name }</b> (<code>{ $slug }</code>) есть. За последние 7 дней в неё попадает { $stories ->
        [one] { $stories } история
        [few] { $stories } истории
       *[many] { $stories } историй
    }.
topic-changed = ✅ Тема <b>{ $name }</b> изменена. За последние 7 дней в неё попадает { $stories ->
        [one] { $stories } история
        [few] { $stories } истории
       *[many] { $stories } историй
    }.
topic-remove-question = Убрать тему <b>{ $name }</b>? Другие темы у её читателей останутся.
topic-removed = Тема <b>{ $name }</b> убрана.
error-topic-unknown = Темы «{ $name }» нет. Темы: { $known }
error-topic-exists = Тема <code>{ $slug }</code> уже есть. Изменить её: /topic edit { $slug }.
error-topic-name = Теме нужно название: /topic add Космос
error-topic-slug = Краткое имя «{ $detail }» должно состоять из a-z, 0-9 и дефисов, не длиннее 32.
error-topic-word = «{ $detail }» – не слово для поиска.
error-topic-phrase = «{ $detail }» – слишком длинно: во фразе не больше 8 слов, а начало* – одно слово.
error-topic-too_many = В теме не больше { $detail } слов.
error-topic-feed = «{ $detail }» – не адрес.
error-topic-line = Не понимаю строку «{ $detail }». Строки начинаются с words:, not:, feeds:, about:, name: или языка, например ru:
error-topic-empty = Скажите, о чём тема: строка words: со словами или строка feeds: с адресами.

feed-list = 📡 <b>Ленты</b>
feed-none = Лент пока нет.
feed-line-ok = 🟢 { $title } – { $count ->
        [one] { $count } запись
        [few] { $count } записи
       *[many] { $count } записей
    } за сутки, прочитана { $ago }
feed-line-new = ⚪️ { $title } – ещё не прочитана
feed-line-broken = 🔴 { $title } – { $error } ({ $failures ->
        [one] { $failures } раз
        [few] { $failures } раза подряд
       *[many] { $failures } раз подряд
    }{ $ago ->
        [none] { "" }
       *[other] , последний раз прочитана { $ago }
    })
feed-usage =
    <b>Добавить</b>: <code>/feeds add https://example.com</code> – адрес ленты или сайта, который её называет.
    <b>Убрать</b>: <code>/feeds remove 3</code> – по номеру в списке.
feed-added =
    ✅ Слежу за лентой <b>{ $title }</b>
    { $url }
    Последнее в ней: { $latest }
feed-added-empty =
    ✅ Слежу за лентой <b>{ $title }</b>
    { $url }
    Записей в ней пока нет.
feed-remove-question = Убрать ленту <b>{ $title }</b> вместе со всеми её статьями?
feed-removed = Лента <b>{ $title }</b> убрана.
error-feed-exists = За лентой <b>{ $title }</b> я уже слежу.
error-feed-unknown = Такой ленты нет. Номера показывает /feeds.
error-feed-not-found = Ленты там не нашлось. Поищите на сайте ссылку RSS и пришлите её адрес.
