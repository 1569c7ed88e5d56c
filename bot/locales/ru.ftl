# Русский.

language-name = Русский

## Commands, as the menu shows them
command-digest = Дайджест сейчас
command-topics = Ваши темы
command-summarize = Краткое содержание ссылки или текста
command-settings = Час, часовой пояс, объём, язык
command-pause = Тишина до возобновления
command-resume = Снова присылать дайджесты
command-channels = Каналы и группы, где вы администратор
command-thread = Какая тема в какую ветку приходит
command-help = Что я умею
command-stop = Уйти и стереть свои данные
command-search = Поиск по прочитанному
command-saved = Что вы сохранили
command-missed = Что пришло, что нет и почему
command-privacy = Что я о вас храню: забрать или стереть
command-topic = Темы: набросать, примерить, опубликовать
command-feeds = Ленты: добавить, убрать, состояние
bot-short-description = Один дайджест в ваш час: ваши темы, каждая история один раз, со ссылками на источники.
bot-description = Я читаю новости за вас и присылаю один короткий дайджест в ваш час: только ваши темы, только новое для вас, каждая история со ссылками на источники. Пришлите любую ссылку, и я перескажу её коротко.

## Joining
join-topics =
    👋 <b>Здравствуйте! Я читаю новости, чтобы вам не приходилось.</b>
    В ваш час, одно сообщение: только ваши темы, каждая история один раз, со ссылками на источники.

    <b>Шаг 1 из 4 · Что вам интересно?</b>
join-time =
    <b>Шаг 2 из 4 · Когда присылать дайджест?</b>
    В <b>{ $time }</b> по вашему времени. Выберите час или пришлите время, например <code>07:35</code>.
join-zone =
    <b>Шаг 3 из 4 · Где вы?</b>
    Сейчас: <b>{ $zone }</b>, там { $clock }. Выберите часовой пояс, пришлите название города или геопозицию.
join-size =
    <b>Шаг 4 из 4 · Сколько читать?</b>
    Столько минут чтения: сначала самое важное, и каждой теме своё место.
join-done =
    ✅ <b>Готово.</b>
    Следующий дайджест придёт <b>{ $next }</b>.
    Можно получить его прямо сейчас, а ещё присылайте любую ссылку – перескажу коротко.
join-preview = 👁 Сейчас в дайджесте было бы { $count ->
        [one] { $count } сюжет
        [few] { $count } сюжета
       *[many] { $count } сюжетов
    }, среди них:
join-headline = • { $title }
topic-told = <b>{ $name }</b> – { $about }
preview-head = 👁 <i>Таким был бы ваш дайджест за { $at } { $tried ->
        [tried] с тем, что вы примеряете
       *[none] с этими настройками
    }. Ничего из этого не считается прочитанным.</i>
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
button-preview = 👁 Предпросмотр
button-settings = ⚙️ Настройки
button-topics = 🏷 Темы
button-time = 🕗 Часы и дни
button-days = 📅 Дни и выходные
button-every-day = Каждый день
button-weekdays = Пн–Пт
button-weekends = Выходные
button-weekend-times = 🛋 Часы в выходные
button-as-usual = Как в другие дни
button-until-resumed = Пока не возобновлю
button-zone = 🌍 Часовой пояс
button-size = 📏 Объём
button-language = 🗣 Язык
button-pause = 🔕 Пауза
button-resume = 🔔 Возобновить
button-save = 💾 Сохранить
button-unsave = 💾 Сохранено ✓
button-why = ❓ Почему это здесь
button-mute = 🔇 Больше ничего от «{ $source }»
button-muted = 🔇 Скрытое
button-export = ⬇️ Файлом (JSON)
button-erase = Уйти и стереть всё
button-forget-saved = Очистить список
button-really-remove = Да, убрать
button-really-leave = Да, стереть всё
button-follow = Следить за { $number }
button-follow-all = Следить за всеми: { $count }
button-undo = ↩️ Не следить
button-cancel = Отмена
button-follow-it = ✅ Следить
button-follow-folders = Следить за всеми и сделать темы из папок: { $count }
button-retry = 🔄 Проверить сейчас
button-feed-pause = ⏸ Приостановить
button-feed-resume = ▶️ Возобновить
button-weight = ⚖️ Вес
button-latest = 📰 Три последние
button-rename = ✏️ Переименовать
button-credit = 🖋 Подпись
button-move = 🚚 Новый адрес
button-remove = 🗑 Убрать
button-take-back = ↩️ Отменить это
button-as-recognized = Как распознан

## Screens
topics-screen =
    🏷 <b>Ваши темы</b>
    Нажмите, чтобы следить или перестать. Число – сколько историй было в теме за сутки.
time-screen =
    🕗 <b>Ваши часы: { $time }</b>
    Нажмите на час, чтобы получать дайджест в это время или больше не получать; можно несколько раз в день. Или пришлите одно время, например <code>07:35</code>.
days-screen =
    📅 <b>Ваши дни</b>
    { $plan }
    Один день – это еженедельный дайджест; в каждом всё новое с прошлого.
weekend-screen =
    🛋 <b>Суббота и воскресенье</b>
    { $times ->
        [none] В те же часы, что и в другие дни. Нажмите на час, чтобы задать свои.
       *[other] В <b>{ $times }</b>.
    }
pause-screen =
    🔕 <b>Сколько молчать?</b>
    Пропущенное войдёт в дайджест после паузы. До даты: <code>/pause 24 декабря</code>.
zone-screen =
    🌍 <b>Ваш часовой пояс: { $zone }</b>
    Там сейчас { $clock }. Выберите другой, пришлите название города или геопозицию.
size-screen =
    📏 <b>Объём дайджеста</b>
    Столько минут чтения: сначала самое важное, и каждой теме своё место.
language-screen = 🗣 <b>Язык</b>
settings-screen =
    ⚙️ <b>Настройки</b>

    🏷 Темы: { $topics }
    🕗 Когда: <b>{ $time }</b>
    🌍 Часовой пояс: { $zone }
    📏 Объём: до { $size }
    🌙 Тихие часы: { $quiet ->
        [none] нет
       *[other] { $quiet }
    }
    🗣 Язык: русский

    { $state ->
        [paused] 🔕 Пауза. Ничего не придёт, пока вы не возобновите.
        [paused-until] 🔕 Пауза до { $until }.
       *[active] Следующий дайджест придёт <b>{ $next }</b>.
    }
no-topics-chosen = пока нет

## Short answers
saved-time = Сохранено: { $time }
saved-zone = Сохранено: { $zone }
saved = Сохранено
time-saved-message = 🕗 Теперь дайджест приходит в <b>{ $time }</b>. Следующий: { $next }.
zone-saved-message = 🌍 Ваш часовой пояс – <b>{ $zone }</b>, там сейчас { $clock }. Следующий дайджест: { $next }.
paused = { $until ->
        [none] 🔕 Пауза. Ничего не придёт до /resume; пропущенное войдёт в дайджест после неё.
       *[other] 🔕 Пауза до { $until }. Пропущенное войдёт в дайджест после неё.
    }
saved-next = Сохранено. Следующий: { $next }
minutes = { $count } мин
days = { $count ->
        [one] { $count } день
        [few] { $count } дня
       *[many] { $count } дней
    }
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
    <b>В ваши часы я присылаю дайджест новостей по вашим темам.</b>
    Каждая история приходит один раз, в нескольких предложениях самой статьи, со ссылками на источники.

    /digest – дайджест сейчас
    /topics – за чем вы следите
    /summarize – краткое содержание ссылки; или просто пришлите ссылку, пересланную запись или текст
    /settings – часы, пояс, объём, тихие часы, ваши слова, язык; всё можно сначала примерить
    /pause, /resume – тишина и снова дайджесты
    /search – слова во всём, что я прочёл, сначала новое
    /saved – что вы сохранили; номер под дайджестом открывает сюжет
    /missed – что пришло, что нет и почему
    /privacy – что я о вас храню
    /stop – уйти и стереть свои данные

    Ещё можно просто прислать время (<code>07:35</code>), тихие часы (<code>22:30-07:00</code>), город или геопозицию.
    <code>+футбол</code>: новости с этим словом тоже придут, какой бы ни была тема; <code>!футбол</code>: сразу; <code>-футбол</code>: никогда.
    /pause 7 или /pause 24 декабря закончится сама.
help-admin =
    <b>Администраторам</b>
    /topic – темы: набросать, увидеть, что тема возьмёт и чуть не возьмёт, опубликовать, отменить, убрать
    /feeds – ленты и их состояние: добавить, переименовать, перенести, взвесить, приостановить, убрать; список лент (OPML) можно прислать файлом

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
summary-citation = Издатель просит: «{ $wish }»
summary-no-zone = { $date } (часовой пояс не указан)
unknown-text = Я не понял. Пришлите ссылку или текст, чтобы пересказать, время, например <code>07:35</code>, город, слово вроде <code>+футбол</code> или /help.

## The digest
digest-morning = Утренний дайджест
digest-day = Дневной дайджест
digest-evening = Вечерний дайджест
digest-night = Ночной дайджест
digest-now = Ваш дайджест
digest-minutes = { $minutes } мин
digest-also = также { $sources }
story-adds = ➕ { $source }: { $text }
story-follow-up = <i>Новое с тех пор, как вы это получили:</i>
story-translated = 🌐 <i>Машинный перевод, язык оригинала: { $language }</i>
story-reworded = ✎ пересказано машиной
story-differs = ≠ { $source } называет другие числа: { $text }
digest-from-feed = по тексту ленты
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
error-status = Сайт ответил ошибкой ({ $status }){ $meaning ->
        [barred] : он требует входа или не пускает программы. Попробуйте другой его адрес.
        [missing] : такой страницы нет. Верен ли адрес?
        [gone] : страницу убрали навсегда. Поищите её новый адрес.
        [busy] : к нему слишком много запросов. Попробуйте через час.
        [server] : у него самого неполадки. Попробуйте позже.
       *[other] . Верен ли адрес?
    }
error-not-a-feed = Это не лента.
error-challenge = Сайт проверяет, человек ли его открыл, и не пускает программы. Попробуйте другой его адрес; текст статьи можно прислать мне сообщением.
error-robots = Сайт просит программы не читать эту страницу. Текст статьи можно прислать мне сообщением.
error-parsing = Прочитать это не удалось: слишком долго, или там ошибка. Попробуйте другой адрес сайта.
error-list = Это не похоже на список лент. Пришлите файл OPML, какой сохраняют программы для чтения лент, не больше 5 МБ.

## What keeps a feed from being read, in the list of feeds
trouble-refused = Её адрес не в открытом интернете. Уберите ленту или добавьте по открытому адресу.
trouble-unreachable = Её сайт недоступен. Я пробую снова; если так и останется, поищите новый адрес.
trouble-timeout = Её сайт слишком долго не отвечает. Я пробую снова.
trouble-too-large = Она больше, чем я могу прочитать. Поищите на сайте ленту короче.
trouble-not-a-feed = По её адресу больше нет ленты. Добавьте сайт заново, чтобы найти новую, а эту уберите.
trouble-challenge = Вместо ленты сайт проверяет, человек ли её открыл. Попросите сайт пускать программы для чтения лент или найдите другой источник.
trouble-robots = Сайт просит программы её не читать. Найдите другой источник.
trouble-parsing = Её не удаётся прочитать: слишком долго, или в ней ошибка. Я пробую снова; если так и останется, напишите сайту.
trouble-status = Её сайт отвечает ошибкой ({ $status }){ $meaning ->
        [barred] : он требует входа или не пускает программы. Поищите другую его ленту или спросите сайт.
        [missing] : ленты там нет, или уже нет. Если так и останется, добавьте сайт заново, чтобы найти новый адрес.
        [gone] : ленту убрали навсегда, я её больше не запрашиваю. Уберите её или добавьте по новому адресу.
        [busy] : слишком много запросов. Я жду, сколько просит сайт.
        [server] : у сайта неполадки. Я пробую снова.
       *[other] . Я пробую снова; если так и останется, поищите новый адрес.
    }
error-busy = Это заняло слишком много времени, я отказался. Точно ли это статья или лента?
error-unreadable = Текста статьи там не нашлось.
error-unknown-zone = Не знаю часового пояса или города «{ $name }». Попробуйте крупный город поблизости или имя вроде Asia/Almaty.
error-unexpected = На моей стороне что-то сломалось. Это записано; попробуйте, пожалуйста, позже.

## Stories, what was saved, and what is muted
story-sources = Все статьи: { $count }
story-gone = Этого сюжета здесь больше нет.
story-saved = Сохранено. Список – /saved.
story-unsaved = Больше не сохранено.
source-muted = От «{ $source }» больше ничего не придёт. Вернуть: Настройки › Скрытое.
saved-head = 💾 <b>Сохранено: { $count }</b>
saved-none = Пока ничего не сохранено. Нажмите номер под дайджестом, затем «Сохранить».
document-unreadable = Я читаю страницы (HTML), простые тексты и PDF с текстом; этот файл не из них, или текста в нём нет.
search-usage = Напишите, что искать: <code>/search паводок Атырау</code>
search-forgotten = Это было слишком давно. Повторите поиск: /search.
found-head = 🔎 <b>{ $query }</b>: { $count ->
        [one] { $count } статья
        [few] { $count } статьи
       *[many] { $count } статей
    }
found-none = 🔎 В прочитанном нет ничего со всеми словами «{ $query }».
muted-screen =
    🔇 <b>О чём вы не хотите слышать</b>
    { $any ->
        [none] Пока ничего.
       *[some] Нажмите, чтобы вернуть.
    }
    Пришлите слово с минусом, например <code>-футбол</code> или <code>-"королевская семья"</code>: всё, где оно есть в любой форме, не придёт. Источник можно скрыть из любого его сюжета.
missed-head = 📒 <b>Ваши последние выпуски</b>
missed-line = { $at } · { $kind ->
        [on_demand] по запросу
        [notice] сразу
       *[scheduled] по расписанию
    } · { $state ->
        [done] { $stories ->
            [0] нового не было
            [one] отправлен { $stories } сюжет
            [few] отправлено { $stories } сюжета
           *[many] отправлено { $stories } сюжетов
        }
        [doubt] отправлен и, возможно, не дошёл: Telegram не ответил
        [dropped] доставить не удалось; сюжеты войдут в следующий
       *[queued] в пути
    }
digest-in-doubt = 🤷 Telegram не ответил, когда я отправлял ваш дайджест. Если выше его нет, нажмите сюда.
missed-none = Пока ни одного.
missed-waiting = ⏳ <b>Пришло, но не вошло, не хватило места: { $count }</b>
missed-story = • { $title }
privacy =
    🔐 <b>Что я храню об этом чате</b>
    Его номер, ваш язык, темы, часы, дни, пояс и объём, ваши слова и тихие часы, что вы скрыли, за какими сюжетами следите, какие и когда получили и что сохранили. Ни имени, ни телефона, ни ваших сообщений. Ссылки и тексты, которые вы присылаете для пересказа, живут минуты и только в памяти. Что вы меняете как администратор бота, остаётся в его журнале.

    Всё это можно забрать файлом или стереть сразу и навсегда.
digest-usage = Такой темы я не знаю. Напишите /digest, /digest 5 – на пять минут, или /digest и одну из: { $topics }

## A reader's own words, quiet hours, and settings that are tried
own-words = Ваши слова
button-own-words = ⭐ Мои слова
button-try = 🧪 Сначала примерить
button-keep = ✅ Сохранить
button-drop = ✖️ Отменить
button-quiet = 🌙 Тихие часы
button-no-quiet = Без тихих часов
button-locate = 📍 Прислать геопозицию
button-share-location = 📍 Показать, где я
button-follow-story = 📌 Следить
button-unfollow-story = 📌 Слежу ✓
button-less = 👎 Меньше такого
button-less-word = 🔇 «{ $word }»
button-less-topic = ▫️ Отписаться от темы «{ $name }»
usual-times = 🕗 { $times }
trying = 🧪 <i>Вы примеряете: ничто здесь не действует, пока вы это не сохраните.</i>
dropped = Всё как было.
nothing-tried = Примерка уже закончилась. Всё как было.
preview-forgotten = Это было слишком давно. Предпросмотр снова: /settings.
quiet-screen =
    🌙 <b>Тихие часы: { $quiet ->
        [none] нет
       *[other] { $quiet }
    }</b>
    В это время выпуски приходят без звука, а то, что вы хотите узнавать сразу, ждёт их конца. Выберите или пришлите два времени, например <code>22:30-06:45</code>.
words-screen =
    ⭐ <b>О чём вы хотите слышать</b>
    { $any ->
        [none] Пока ничего.
       *[some] ➕ приходит с дайджестом, 🔔 и 📌 – сразу. Нажмите, чтобы прекратить.
    }
    Пришлите слово с плюсом, например <code>+футбол</code> или <code>+"солнечная энергия"</code>: новости с ним придут, какой бы ни была тема. С восклицательным знаком, <code>!землетрясение</code>, – сразу. За сюжетом можно следить кнопкой под ним.
pause-usage = Пауза до «{ $given }» не получится. Напишите /pause, /pause 7 – на столько дней, или день ближайшего года: /pause 24 декабря
location-unknown = Часового пояса там я не знаю. Пришлите название города.
location-found = 📍 { $zone }. Где вы, я не храню.
locate = Нажмите кнопку под полем ввода, чтобы показать, где вы; я возьму оттуда только часовой пояс. Или пришлите название города.
word-exclude = 🔇 Больше ничего со словом «{ $word }».
word-include = ➕ Новости со словом «{ $word }» теперь приходят с дайджестом, какой бы ни была тема.
word-alert = 🔔 Новости со словом «{ $word }» теперь приходят сразу{ $quiet ->
        [none] .
       *[other] , кроме тихих часов ({ $quiet }).
    }
story-followed = Когда в этом сюжете будет новое, вы узнаете сразу.
story-unfollowed = Вы больше не следите за этим сюжетом.
topic-unfollowed = Вы больше не следите за темой «{ $name }». Вернуть: /topics.
less-head = 👎 <b>Что больше не присылать?</b>
because-word = ваше слово «{ $word }»
because-followed = вы следите за этим сюжетом
digest-follow-ups = 🔄 <b>Продолжение того, что вы получили</b>
notice-head = 🔔 <b>Только что</b> · { $at }
tally-muted = { $count } скрыто
why-own-word = ✅ есть ваше слово «{ $word }»

tried = 🧪 Примеряется; подействует, когда вы это сохраните.
too-many-times = Не больше { $most } выпусков в день.
nothing-new-topic = По теме «{ $name }» ничего нового.
error-topic-too_common = «{ $detail }» есть почти везде. Выберите слово, которое говорит больше.
error-topic-too_many_own = Не больше { $detail } своих слов каждого вида. Сначала уберите лишние: /settings.

## Admins
admin-only = Это могут только администраторы бота.
group-admins-only = Это могут менять только администраторы группы.
cancelled = Ничего не изменено.
topic-list = 🏷 <b>Темы</b>
topic-line = <b>{ $name }</b> (<code>{ $slug }</code>) – { $stories ->
        [one] { $stories } история
        [few] { $stories } истории
       *[many] { $stories } историй
    } за 7 дней
topic-words = слова: { $words }
topic-must = обязательно: { $words }
topic-exclude = кроме: { $words }
topic-languages = только языки: { $languages }
topic-feeds = только ленты: { $feeds }
topic-about = о чём: { $about }
topic-examples = примеры: подходят { $liked }, не подходят { $disliked }
topic-strictness = строгость: { $strictness ->
        [broad] широкая – берёт всё, что похоже на тему
        [strict] строгая – берёт только несомненное
       *[normal] обычная
    }
topic-everything = все статьи её лент
topic-none = Тем пока нет.
topic-usage =
    <b>Добавить тему</b>, каждая вещь с новой строки:
    <pre>/topic add Космос
    words: ракета, орбит*, "космическая станция"
    must: Роскосмос OR NASA
    languages: ru, en
    not: гороскоп
    feeds: https://example.com/feed.xml
    en: Space
    kk: Ғарыш
    about: Ракеты и телескопы
    like: Посадочный модуль прислал снимки Луны
    dislike: Фильм о Марсе получил премию
    strictness: strict</pre>
    Слово считается во всех формах, <code>орбит*</code> – по началу, <code>"фраза"</code> – слово за словом. <code>запуск AND луна NOT фильм</code> – нужны первые два без третьего; OR разделяет варианты. То, что стоит за must:, должно встретиться, а за not: – нет. С about: или примерами (like:, dislike:, по одному в строке) статья оценивается целиком; strictness: – broad (широко), normal (обычно), strict (строго) или words (только слова). Нужны название и что-то одно: слова, ленты, about или like.

    <b>Изменить</b>: <code>/topic edit kosmos</code> и строки, которые меняются; <code>words: +луна, -ракета</code> добавляет и убирает; <code>name: Дальний космос</code> переименовывает.
    <b>Убрать</b>: <code>/topic remove kosmos</code>
    <b>Почему статья в теме или нет</b>: <code>/topic why ССЫЛКА</code>
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
why-head = <b>{ $title }</b> · { $source }
why-story = Один сюжет, статей: { $articles }. Источники: { $sources }
why-taken = ✅ <b>{ $name }</b> (<code>{ $slug }</code>): { $reason }
why-left = ▫️ { $name } (<code>{ $slug }</code>): { $reason }
why-feed = статья не из лент этой темы
why-language = тема не берёт статьи на языке «{ $word }»
why-excluded = не пускает слово «{ $word }»
why-must = нет обязательного «{ $word }»
why-must-met = всё обязательное есть
why-word = есть «{ $word }»
why-no-word = нет ни одного слова темы
why-everything = тема берёт все статьи своих лент
why-too-early = рано судить: у темы нет слов, а сравнивать пока почти не с чем
why-evidence = набрано { $total }, нужно { $needed }; больше всего дали { $kind }
why-kind-words = слова темы
why-kind-description = слова описания
why-kind-examples = слова примеров
why-kind-meaning = смысл описания
why-kind-meaning-of-examples = смысл примеров
why-usage = Пришлите ссылку на статью: <code>/topic why https://example.com/article</code>
error-article-unknown = Статью { $url } я не собирал. Есть ли она в лентах, и прочитана ли уже?
error-topic-unknown = Темы «{ $name }» нет. Темы: { $known }
error-topic-exists = Тема <code>{ $slug }</code> уже есть. Изменить её: /topic edit { $slug }.
error-topic-name = Теме нужно название: /topic add Космос
error-topic-slug = Краткое имя «{ $detail }» должно состоять из a-z, 0-9 и дефисов, не длиннее 32.
error-topic-word = «{ $detail }» – не слово для поиска.
error-topic-phrase = «{ $detail }» – слишком длинно: во фразе не больше 8 слов, а начало* – одно слово.
error-topic-too_many = В теме не больше { $detail } слов.
error-topic-expression = Не могу прочитать «{ $detail }». Пишите так: ракета AND луна, ракета OR спутник, ракета NOT игрушка.
error-topic-strictness = «{ $detail }» – не строгость: пишите words, broad, normal или strict.
error-topic-too_many_examples = У темы может быть не больше { $detail } примеров каждого вида.
error-topic-language = «{ $detail }» – не язык: пишите коды, например en, ru, kk.
error-topic-feed = «{ $detail }» – не адрес.
error-topic-line = Не понимаю строку «{ $detail }». Строки начинаются с words:, must:, not:, languages:, feeds:, about:, like:, dislike:, strictness:, name: или языка, например ru:
error-topic-empty = Скажите, о чём тема: строка words: со словами или строка feeds: с адресами.

feed-list = 📡 <b>Ленты: { $count }</b>{ $broken ->
        [0] { "" }
       *[other] { " " }· 🔴 { $broken }
    }{ $paused ->
        [0] { "" }
       *[other] { " " }· ⏸ { $paused }
    }
feed-none = Лент пока нет.
feed-line-ok = 🟢 { $title } – { $count ->
        [one] { $count } запись
        [few] { $count } записи
       *[many] { $count } записей
    } за сутки, прочитана { $ago }
feed-line-new = ⚪️ { $title } – ещё не прочитана
feed-line-broken =
    🔴 { $title } – { $failures ->
        [one] { $failures } раз подряд
        [few] { $failures } раза подряд
       *[many] { $failures } раз подряд
    }{ $ago ->
        [none] { "" }
       *[other] , последний раз прочитана { $ago }
    }
    <i>{ $error }</i>
feed-usage =
    Номер открывает ленту: её состояние и всё, что в ней можно изменить.
    <b>Добавить</b>: <code>/feeds add https://example.com</code> – адрес ленты или сайта, можно несколько сразу.
    <b>Списки</b>: <code>/feeds export</code> выдаст все ленты файлом OPML; пришлите такой файл, и я буду следить за тем, что в нём.
    <b>Все команды</b>: <code>/feeds help</code>
feed-added =
    ✅ Слежу за лентой <b>{ $title }</b>
    { $url }
    Последнее в ней: { $latest }
feed-added-empty =
    ✅ Слежу за лентой <b>{ $title }</b>
    { $url }
    Записей в ней пока нет.
feed-choice =
    🔎 На <b>{ $site }</b> нашлось лент: { $count }. За какой следить?
feed-choice-more = Другие ленты сайта:
feed-entries = { $count ->
        [0] записей пока нет
        [one] { $count } запись
        [few] { $count } записи
       *[many] { $count } записей
    }
feed-newest = последняя { $ago }
feed-followed = слежу
feed-chosen = ✅ Слежу: { $titles }
feed-failed = ✖️ { $address }: { $error }
feed-not-an-address = ✖️ «{ $written }» – не адрес.
feed-too-many = За раз не больше { $most } адресов. Список длиннее пришлите файлом OPML.
feed-summary = <b>Итого</b>: добавлено { $followed }, слежу уже за { $known }, на выбор { $offered }, не вышло { $failed }.
offer-gone = Этот выбор устарел. Ничего не изменено; спросите, пожалуйста, ещё раз.
list-found = 📥 В списке { $count ->
        [one] { $count } лента
        [few] { $count } ленты
       *[many] { $count } лент
    }, новых: { $new }.
list-more = … и ещё { $count }
list-nothing-new = 📥 { $count ->
        [1] За лентой из этого списка я уже слежу.
       *[other] В списке { $count }, и за всеми лентами из него я уже слежу.
    }
list-followed = ✅ Добавлено { $count ->
        [one] { $count } лента
        [few] { $count } ленты
       *[many] { $count } лент
    }. Читаю их прямо сейчас; как они, покажет /feeds.
list-exported = { $count ->
        [one] { $count } лента
        [few] { $count } ленты
       *[many] { $count } лент
    }. Этот файл поймут программы для чтения лент, и я тоже.
feed-remove-question = Убрать ленту <b>{ $title }</b> вместе со всеми её статьями?
feed-weighs = { $title } · вес { $weight }
feed-weighed = Вес ленты <b>{ $title }</b> теперь { $weight }; обычный – 1.
error-feed-weight = Напишите, какая лента и какой у неё вес, от { $least } до { $most }: <code>/feeds weight 3 2</code>
feed-removed = Лента <b>{ $title }</b> убрана.
error-feed-exists = За лентой <b>{ $title }</b> я уже слежу.
error-feed-unknown = Такой ленты нет. Номера показывает /feeds.
error-feed-not-found = Ленты там не нашлось. Поищите на сайте ссылку RSS и пришлите её адрес.

## A feed by itself
feed-help =
    📡 <b>Команды для лент</b>
    <code>3</code> – номер в списке; вместо него годится адрес или часть названия, в кавычках, если в ней есть пробелы.

    <code>/feeds add https://example.com</code> – следить; можно сайт и несколько адресов сразу
    <code>/feeds 3</code> – состояние ленты
    <code>/feeds rename 3 Новое название</code>
    <code>/feeds move 3 https://example.com/new.xml</code> – новый адрес; всё рассказанное остаётся
    <code>/feeds credit 3 Слова рядом с новостями</code> – без слов подпись убирается
    <code>/feeds language 3 kk</code> – язык статей, по которым его не понять; <code>auto</code> – не задавать
    <code>/feeds weight 3 2</code> – рассказанное лентой считается вдвое; обычный вес 1, от 0,1 до 3
    <code>/feeds pause 3</code>, <code>/feeds resume 3</code> – больше не запрашивать и снова запрашивать
    <code>/feeds retry 3</code> – запросить сейчас
    <code>/feeds latest 3</code> – что в ней последнее
    <code>/feeds remove 3</code> – убрать вместе со статьями
    <code>/feeds export</code> – все ленты файлом OPML
feed-line-paused = ⏸ { $title } – приостановлена
feed-head = 📡 <b>{ $number }. { $title }</b>
feed-site = Сайт: { $url }
feed-health = { $state ->
        [ok] 🟢 Прочитана { $ago }.
        [new] ⚪️ Ещё не прочитана.
       *[broken] 🔴 Не читается: { $failures ->
            [one] { $failures } раз
            [few] { $failures } раза
           *[many] { $failures } раз
        } подряд{ $ago ->
            [none] , пока ни разу не прочитана.
           *[other] , последний раз прочитана { $ago }.
        }
    }
feed-paused-now = ⏸ <b>Приостановлена</b>: я её не запрашиваю.
feed-next = { $when ->
        [never] Сам я её больше не запрашиваю; «Проверить сейчас» запросит ещё раз.
        [now] Её очередь – сейчас.
       *[other] Следующая проверка: { $when }.
    }
feed-daily = За сутки { $count ->
        [one] { $count } запись
        [few] { $count } записи
       *[many] { $count } записей
    }
feed-quality = Статей за 7 дней: { $count }. Со страниц { $share } %, только из ленты { $from_feed }, одни заголовки { $headlines }. Обычная длина, знаков: { $length }.
feed-quality-none = За 7 дней статей не было.
feed-weight = Вес: { $weight }
feed-language = Язык, если по статье его не понять: { $language }
feed-credit = Рядом с её новостями: «{ $credit }»
feed-topics = Темы этой ленты: { $topics }
feed-weight-question =
    ⚖️ Вес ленты <b>{ $title }</b> – { $weight }
    Сколько считать за рассказанное ею? Обычный вес 1. Или пришлите другое число:
    <code>/feeds weight { $which } 0,7</code>
feed-language-question =
    🗣 <b>{ $title }</b>
    На каком языке те её статьи, которые слишком коротки, чтобы его понять? Или пришлите другой код:
    <code>/feeds language { $which } uz</code>
feed-latest = 📰 <b>{ $title }</b>{ $any ->
        [none] : пока ничего.
       *[some] : последнее
    }
feed-how-rename =
    ✏️ Чтобы назвать ленту <b>{ $title }</b> иначе, пришлите
    <code>/feeds rename { $which } Новое название</code>
feed-how-move =
    🚚 Если у ленты <b>{ $title }</b> новый адрес, пришлите
    <code>/feeds move { $which } https://example.com/new.xml</code>
    Я проверю, есть ли там лента. Её статьи и темы останутся, и ничего не придёт дважды.
feed-how-credit =
    🖋 Если издатель ленты <b>{ $title }</b> просит ставить рядом с новостями свои слова, пришлите
    <code>/feeds credit { $which } Перепечатано с разрешения</code>
    Без слов подписи больше не будет.
feed-renamed = ✏️ «{ $before }» теперь называется «{ $after }».
feed-moved = 🚚 Ленту <b>{ $title }</b> я теперь читаю по новому адресу: { $url }
feed-credited = 🖋 Рядом с новостями ленты <b>{ $title }</b> теперь стоит: «{ $credit }»
feed-uncredited = 🖋 Рядом с новостями ленты <b>{ $title }</b> теперь стоит только её название.
feed-speaks = 🗣 { $language ->
        [none] Язык статей ленты <b>{ $title }</b> теперь только тот, что виден по ним самим.
       *[other] Если по статье ленты <b>{ $title }</b> язык не понять, теперь это { $language }.
    }
feed-paused = ⏸ Лента <b>{ $title }</b> приостановлена. Всё рассказанное ею остаётся.
feed-resumed = ▶️ Лента <b>{ $title }</b> снова читается.
feed-asking = 🔄 Запрашиваю ленту <b>{ $title }</b>…
feed-unchanged = Так уже и было.
feed-preview =
    🔎 <b>{ $title }</b>
    { $url }
    Следить за ней?
error-feed-ambiguous = Подходят несколько лент: { $titles }. Напишите номер, адрес или больше слов названия.
error-feed-several =
    Лент там несколько. Напишите адрес одной из них:
    { $urls }
error-feed-paused = Лента <b>{ $title }</b> приостановлена. Сначала /feeds resume.
error-feed-title = В названии ленты от 1 до { $title } знаков.
error-feed-credit = В подписи к новостям не больше { $credit } знаков.
error-feed-language = Напишите код из двух букв, например en, ru или kk, или auto.
error-list-long = В этом списке больше { $most } лент. Пришлите его по частям; пока ничего не добавлено.
list-folders = 📁 Папки: { $names }
list-topics-added = 🏷 Новые темы: { $names }
list-topics-changed = 🏷 Темы, в которые вошли эти ленты: { $names }
list-topics-left = ▫️ Оставлено как есть: { $names }. Такая тема берёт из всех лент, такого имени у темы быть не может, или папок слишком много.
alarm-broken = 🔴 <b>{ $count ->
        [one] Перестала читаться { $count } лента
        [few] Перестали читаться { $count } ленты
       *[many] Перестали читаться { $count } лент
    }</b>
alarm-line = • <b>{ $title }</b>: { $error }
alarm-back = 🟢 Снова читаются: { $titles }

## Staff and the log of changes
command-admins = Кто что может и журнал изменений
error-topic-changed = Тему <code>{ $slug }</code> тем временем изменил кто-то другой. Посмотрите её снова: /topic, и внесите своё изменение заново.
not-allowed = Этого вам нельзя.
invitation-gone = Это приглашение уже использовано, устарело или ничего вам не добавляет. Попросите новое.
member-gone = Такого сотрудника больше нет.
change-gone = Это уже не отменить: отменено раньше, или с тех пор изменено снова.
change-reverted = Отменено.
staff-head =
    👥 <b>Кто что может</b>
    Владельцев: { $owners }, их назвал оператор. Администраторы ведут темы и ленты, редакторы – только свои темы.
staff-line = • { $name } (<code>{ $id }</code>) – { $role ->
        [admin] администратор
       *[editor] редактор: { $topics }
    }
staff-topic-question = Какую тему получит редактор? Другие можно добавить новыми приглашениями.
staff-invited =
    🔗 Кто первым перейдёт по этой ссылке, станет { $role ->
        [admin] <b>администратором</b>
       *[editor] <b>редактором</b>: { $topics }
    }. Действует один раз, семь дней:
    <code>{ $link }</code>
staff-welcome = 👋 Добро пожаловать! { $role ->
        [admin] Теперь вы <b>администратор</b> этого бота. Вам доступны /topic, /feeds и /admins; подробнее: /help.
       *[editor] Теперь вы <b>редактор</b>: { $topics }. Вам доступна команда /topic.
    }
button-dismiss = ✕ { $name }
button-invite-admin = ➕ Администратор
button-invite-editor = ➕ Редактор
button-log = 📜 Журнал изменений
button-revert = ↩️ Отменить это
audit-head = 📜 <b>Что изменено</b>{ $any ->
        [none] : пока ничего.
       *[some] , сначала новое. Номер открывает изменение.
    }
audit-line = { $ago } · { $name } · { $act ->
        [topic_added] добавлена тема
        [topic_changed] изменена тема
        [topic_removed] убрана тема
        [feed_added] добавлена лента
        [feed_changed] изменена лента
        [feed_removed] убрана лента
        [staff_added] вошёл в команду:
        [staff_removed] исключён из команды:
       *[broadcast] рассылка:
    } <code>{ $subject }</code>{ $reverted ->
        [none] { "" }
       *[reverted] { " " }(отменено)
    }
audit-field = <b>{ $name }</b>: { $before } → { $after }
audit-reverted = <i>Это отменено.</i>

## Figures
command-stats = Цифры: читатели, выпуски, темы, ленты
button-as-text = Текстом
button-as-csv = Таблицей (CSV)
stats-usage = Напишите /stats или /stats и за сколько дней: не больше { $most }.
stats-caption =
    📊 <b>{ $days ->
        [one] Последний { $days } день
        [few] Последние { $days } дня
       *[many] Последние { $days } дней
    }</b> (UTC)
    👥 Читателей { $readers }, на паузе { $paused }, ушли { $gone }; новых { $joined }
    📰 Выпусков по расписанию { $editions }, по запросу { $requests }; собрано статей { $articles }
    ⏱ { $half ->
        [none] выпусков не было
       *[other] половина выпусков – в пределах { $half } с от своей минуты, 99 % – { $nearly } с
    }
    📡 Лент исправных { $well }, с ошибками { $failing }, остановленных { $stopped }, новых { $new }
stats-day = { $day } выпусков { $editions }, по запросу { $requests }, сразу { $notices }, новых читателей { $joined }, статей { $articles }
chart-days = Выпуски по дням
chart-delays = Выпуски, доставленные за столько секунд
chart-stories = Сюжеты по темам, { $days } дн.
chart-feeds = Записи по лентам, { $days } дн.
chart-editions = по расписанию
chart-requests = по запросу
chart-notices = сразу
chart-joined = Новые читатели по дням
chart-seconds = с
chart-well = исправна
chart-new = новая
chart-failing = с ошибкой
chart-stopped = остановлена
chart-none = пока ничего

## Sharing a story in any chat
help-inline = В любом чате напишите <code>@{ $bot } паводок Атырау</code>, чтобы поделиться там сюжетом с его источниками; без слов – последними.
inline-open = Ваши темы и ваш час
inline-nothing = В прочитанном таких слов нет

## Threads of forums
help-threads = /thread – какая тема приходит в какую ветку этой группы (решают её администраторы)
button-threads = 🧵 Ветки
button-make-threads = ➕ Создать { $count ->
        [one] { $count } ветку
        [few] { $count } ветки
       *[many] { $count } веток
    }
button-forget-threads = Все темы в одном месте
button-everything-else = Всё остальное
threads-screen =
    🧵 <b>Ветки</b>
    У каждой темы может быть своя ветка в этой группе; остальное приходит туда, где меня запустили.
threads-line = • { $name }{ $own ->
        [yes] { " " }– в своей ветке
       *[no] { "" }
    }
threads-no-right = Чтобы создавать ветки самому, мне нужно быть здесь администратором с правом <b>«Управление темами»</b>. Без него администратор может открыть ветку, отправить в ней /thread и выбрать, что в неё приходит.
threads-here = Что присылать <b>в эту ветку</b>?
threads-none = В этом чате нет веток. Администратор может включить их в настройках самой группы («Темы»).
threads-later = Telegram просит подождать, прежде чем создавать ещё ветки. Нажмите кнопку ещё раз через минуту; созданные останутся.

## Channels and groups, set up from the private chat
privacy-places = О группах и каналах, где я есть, я храню название и номера администраторов, чтобы настраивать их могли только они.
privacy-model = Заголовки и краткие изложения статей уходят языковой модели, которую выбрал владелец этого бота: она их сокращает и переводит. О вас туда не уходит ничего.
help-channels = /channels – каналы и группы, где вы администратор: сделайте меня администратором канала и настройте его здесь
button-chats = 📢 Каналы и группы
button-set-up = ⚙️ Настроить
chats-screen =
    📢 <b>Каналы и группы</b>
    Здесь вы администратор. Выберите, чтобы решить, что и когда туда приходит.
chats-none = Меня нет ни в одном вашем канале и ни в одной группе. Сделайте меня администратором канала с правом <b>«Публикация сообщений»</b> или добавьте в группу и отправьте /channels ещё раз.
place-typing = <i>Кнопки здесь меняют его настройки; то, что вы мне пишете, – для вашего собственного дайджеста.</i>
place-arrived = 📢 Теперь я могу публиковать в <b>{ $title }</b>. Какие темы присылать туда и когда?
place-barred =
    ⚠️ У меня нет права писать в <b>{ $title }</b>, поэтому дайджесты там на паузе. Ничего не потеряно: пропущенное войдёт в следующий.
    { $kind ->
        [channel] Дайте мне среди администраторов канала право <b>«Публикация сообщений»</b> и нажмите «Возобновить».
       *[group] Разрешите мне отправлять сообщения в настройках группы или сделайте меня администратором и нажмите «Возобновить».
    }
place-gone = Меня больше нет в этом канале или группе. Добавьте меня снова, и всё продолжится как было.
place-admins-only = Менять это могут только администраторы «{ $title }».
place-not-set-up = Здесь ещё ничего не настроено. Сначала нажмите «Настроить».
place-posted = ✅ Опубликовано в <b>{ $title }</b>.
place-not-posted = В <b>{ $title }</b> дайджест не дошёл. Ничего не потеряно: я попробую ещё раз или пришлю это в следующем. Есть ли у меня там право писать?
place-nothing-new = Для <b>{ $title }</b> сейчас ничего нового нет.
place-erase-question = Стереть всё, что я храню о <b>{ $title }</b>, и больше ничего туда не присылать?
place-erased = Готово: всё о <b>{ $title }</b> стёрто. /channels позволит настроить заново.

## Broadcasts
command-broadcast = Написать согласившимся читателям
button-announcements = Сообщения администраторов
button-send = 📣 Отправить: { $count }
button-refresh = 🔄
button-stop-broadcast = ✋ Остановить
announcements-on = Сообщения администраторов бота будут приходить.
announcements-off = Сообщения администраторов бота приходить не будут.
broadcast-none = Рассылок ещё не было.
broadcast-usage = Напишите <code>/broadcast</code> и то, что получат согласившиеся читатели; перед отправкой вы это увидите.
broadcast-nobody = На сообщения администраторов пока никто не согласился. Это можно сделать в /settings.
broadcast-question = 📣 Это получат { $count ->
        [one] { $count } согласившийся читатель
        [few] { $count } согласившихся читателя
       *[many] { $count } согласившихся читателей
    }, примерно за { $minutes } мин, после всех выпусков. Отправить?
broadcast-progress =
    📣 <b>{ $state ->
        [sending] Отправляется
        [cancelled] Остановлено
       *[over] Готово
    }</b> { $bar }
    Отправлено { $sent } из { $readers }{ $failed ->
        [0] .
       *[other] , не отправлено { $failed }: остановлено или чат закрыт.
    }

## Home of the admins, and the doctor
command-admin = Главная страница администратора
button-doctor = 🩺 Всё ли в порядке?
button-staff = 👥 Кто что может и журнал
admin-home =
    🛠 <b>Для администраторов</b>
    /topic – темы: что они берут и почему
    /feeds – ленты, их состояние, списки
    /stats – цифры на рисунке
    /broadcast – написать согласившимся читателям
    /admins – кто что может; все изменения и их отмена
admin-home-editor = 🛠 Вы редактор: { $topics }. Вам доступна команда /topic.
doctor-head = 🩺 <b>{ $faults ->
        [0] Всё в порядке.
        [one] { $faults } неисправность
        [few] { $faults } неисправности
       *[many] { $faults } неисправностей
    }</b>
health-token = Telegram знает { $name }
health-token-missing = Токена нет
health-token-missing-advice = Задайте TELEGRAM_BOT_TOKEN; его даёт @BotFather.
health-token-unknown = Telegram не знает этот токен
health-token-unknown-advice = Скопируйте TELEGRAM_BOT_TOKEN у @BotFather ещё раз.
health-telegram-away = Telegram недоступен: { $error }
health-telegram-away-advice = Проверьте сеть и TELEGRAM_API_URL.
health-inline = Встроенный режим включён
health-inline-off = Встроенный режим выключен
health-inline-off-advice = /setinline у @BotFather позволит делиться сюжетами в любом чате.
health-groups = Бота можно добавлять в группы
health-groups-off = Бота нельзя добавлять в группы
health-groups-off-advice = Это разрешает /setjoingroups у @BotFather.
health-webhook = Telegram присылает обновления на { $url }
health-webhook-fails = Telegram не может доставить обновления на { $url }: { $error }; ждут там: { $waiting }
health-webhook-fails-advice = Проверьте прокси, его сертификат и то, что этот путь он передаёт на WEBHOOK_LISTEN.
health-webhook-other = Telegram присылает обновления на другой адрес или никуда
health-webhook-other-advice = Перезапустите <code>newsdigest run</code>; не пользуется ли этим токеном другая программа?
health-clock = Часы верны
health-clock-alone = Здесь { $now } UTC; сравнить не с чем
health-clock-off = Часы ошибаются на { $seconds } с
health-clock-off-advice = Настройте часы этой машины по NTP.
health-disk = Свободно { $megabytes } МБ на диске
health-disk-full = Свободно только { $megabytes } МБ на диске
health-disk-full-advice = Освободите место: без него база данных перестанет записывать.
health-disk-unknown = Диск не проверить: { $error }
health-disk-unknown-advice = Проверьте DATA_DIR.
health-database = База данных: читателей { $readers }, тем { $topics }, лент { $feeds }
health-kept = { $since ->
    [none] Статей пока нет; база данных занимает { $megabytes } МБ
   *[other] Хранится статей: { $articles }, начиная с { $since }; база данных занимает { $megabytes } МБ, из них { $free } свободны для новых
 }
health-no-database = База данных не открывается: { $error }
health-no-database-advice = Проверьте DATABASE_URL и DATA_DIR и что этому пользователю можно туда писать.
health-database-away = PostgreSQL на { $where } не отвечает: { $error }
health-database-away-advice = Убедитесь, что он там запущен и принимает соединения с этой машины и что в DATABASE_URL верны узел и порт.
health-database-refused = PostgreSQL на { $where } не пускает «{ $user }»: { $error }
health-database-refused-advice = Проверьте имя и пароль в DATABASE_URL и файл pg_hba.conf на сервере.
health-database-missing = На PostgreSQL по адресу { $where } нет базы «{ $database }».
health-database-missing-advice = Создайте её от имени администратора: CREATE DATABASE "{ $database }" OWNER "{ $user }"
health-database-busy = Базу «{ $database }» на { $where } сейчас меняет другой процесс: { $error }
health-database-busy-advice = Повторите через минуту; если это не проходит, посмотрите, что за процесс: SELECT * FROM pg_stat_activity
health-database-barred = В базе «{ $database }» на { $where } пользователю «{ $user }» нельзя создавать таблицы: { $error }
health-database-barred-advice = Сделайте его владельцем от имени администратора: ALTER DATABASE "{ $database }" OWNER TO "{ $user }"
health-database-encoding = База «{ $database }» на { $where } хранит тексты не в UTF-8: { $error }
health-database-encoding-advice = Отложите её и создайте заново от имени администратора: ALTER DATABASE "{ $database }" RENAME TO "{ $database }_old"; CREATE DATABASE "{ $database }" OWNER "{ $user }" ENCODING 'UTF8' TEMPLATE template0
health-no-topics = Тем нет
health-no-topics-advice = Добавьте тему в чате: /topic add НАЗВАНИЕ – или загрузите файл тем.
health-topics-waiting = Темы и ленты ещё не взяты из { $file }
health-topics-waiting-advice = Запустите бота: он возьмёт их оттуда.
health-no-feeds = Лент нет
health-no-feeds-advice = Добавьте ленту в чате: /feeds add АДРЕС – или загрузите файл тем.
health-feed = Лента { $title }: { $code }
health-gathered = Последний удачный опрос ленты: { $at } UTC
health-gathered-never = Ни одна лента ещё не прочитана
health-gathered-never-advice = После запуска на это нужна минута; о каждой скажет /feeds.
health-gathered-late = Ни одну ленту не удалось прочитать с { $at } UTC
health-gathered-late-advice = Работает ли бот и есть ли у его машины доступ в интернет?
health-outbox = Ничего не опаздывает; ждут отправки: { $waiting }
health-outbox-full = Ждут отправки: { $waiting }
health-outbox-full-advice = Telegram принимает 30 в секунду; это пройдёт само.
health-outbox-late = Выпуски ждут с { $at } UTC, всего { $waiting }
health-outbox-late-advice = Запущен ли <code>newsdigest run</code> и доступен ли Telegram?
health-workers = Работников на связи: { $workers }; заданий ждёт { $waiting }, выполняется { $under_way }
health-workers-none = Ни одного работника на связи, и ничего не собирается; заданий ждёт: { $waiting }
health-workers-none-advice = Запустите <code>newsdigest worker</code> на какой-нибудь машине или поставьте WORKERS=internal, чтобы бот собирал сам.
health-workers-stalled = Заданий, чьи работники пропали: { $stalled }; работников на связи: { $workers }
health-workers-stalled-advice = Их отдадут другим за секунды, пока работает <code>newsdigest run</code>.
health-workers-idle = Работников, которым никто не даёт заданий: { $workers }
health-workers-idle-advice = Бот собирает сам. Поставьте ему WORKERS=external или остановите работников.
health-model = Языковая модель { $model } отвечает; сегодня потрачено { $used } из { $budget } токенов
health-model-away = Языковая модель { $model } не отвечает ({ $error }); сегодня потрачено { $used } из { $budget } токенов
health-model-away-advice = Проверьте LLM_BASE_URL, LLM_API_KEY и LLM_MODEL. Пока что дайджесты приходят словами самих статей.

## The topic workbench
topic-line-new = ✏️ <b>{ $name }</b> (<code>{ $slug }</code>) – ваш черновик новой темы
topic-nothing-yet = <i>искать пока нечего: нужны words:, about:, like: или feeds:</i>
topic-list-hint = Кнопка открывает тему: что она берёт, что чуть не берёт и всё, чтобы её изменить. Текстом: <code>/topic draft</code>, <code>/topic add</code>, <code>/topic edit</code>, <code>/topic why ССЫЛКА</code>.
topic-draft-usage =
    <b>Набросать тему</b>: напишите её, как показано ниже, но с <code>/topic draft</code> вместо <code>/topic add</code>. Я покажу, что она берёт, вы её поправите, а читатели получат её, когда вы опубликуете. С <code>/topic add</code> они получат её сразу.
topic-published = ✅ Опубликовано: <b>{ $name }</b> (<code>{ $slug }</code>). За последние 7 дней в неё попадает { $stories ->
        [one] { $stories } история
        [few] { $stories } истории
       *[many] { $stories } историй
    }.
draft-begun = ✏️ <b>Ваш черновик.</b> Пока вы его не опубликуете, его видите только вы.
bench-head = 🛠 <b>{ $name }</b> (<code>{ $slug }</code>) · { $state ->
        [new] ваш черновик новой темы
        [outdated] ваш черновик; опубликованную с тех пор изменили
        [draft] ваш черновик; до публикации читатели получают прежнюю
       *[published] опубликована
    }
bench-names = названия: { $names }
bench-unfollowed = 📡 Адресов среди её лент, за которыми я ещё не слежу: { $count }. После публикации буду следить за тем, что там найдётся.
bench-report = 📊 Из { $articles } { $articles ->
        [one] статьи
        [few] статей
       *[many] статей
    } за { $days } { $days ->
        [one] день
        [few] дня
       *[many] дней
    }{ $bounded ->
        [none] { "" }
       *[bounded] { " " }(новейшие; есть и ещё)
    } она берёт <b>{ $stories } { $stories ->
        [one] историю
        [few] истории
       *[many] историй
    }</b>, в день { $rate }.
bench-report-none = 📊 Примерить её не на чем: статей за последние { $days } дней нет.
bench-report-late = 📊 Просмотреть архив сейчас не удалось. Откройте тему ещё раз чуть позже.
bench-against = 🆚 По сравнению с опубликованной: <b>+{ $added } −{ $dropped }</b>
bench-takes = ✅ { $title }
bench-misses = 🤏 { $title } – <i>{ $why }</i>
bench-overlaps = 🔀 Берёт из других тем: { $topics }
bench-measured = 🎯 На { $count } { $count ->
        [one] отмеченной статье
        [few] отмеченных статьях
       *[many] отмеченных статьях
    }: точность { $precision ->
        [none] – (ничего не взято)
       *[other] <b>{ $precision }</b> ({ $right } из { $taken })
    }, полнота { $recall ->
        [none] – (подходящих нет)
       *[other] <b>{ $recall }</b> ({ $right } из { $belonging })
    }.
bench-measured-learned = Все они – примеры самой темы, так что числа льстят: отметьте другие.
bench-measured-without = { $count ->
        [one] Ещё { $count } – её собственный пример и не считается.
        [few] Ещё { $count } – её собственные примеры и не считаются.
       *[many] Ещё { $count } – её собственные примеры и не считаются.
    }
bench-hint = ✍️ Чтобы изменить тему, ответьте на это сообщение строками: <code>words: +луна, -ракета</code>, <code>must: NASA OR ESA</code>, <code>not: фильм</code>, <code>about: …</code>, <code>en: …</code>, <code>like: …</code>
bench-gone = Этого больше нет. Вот как всё обстоит сейчас.
button-new-topic = ➕ Новая
button-topic-list = ◂ Темы
button-bench = ◂ К теме
button-takes = ✅ Берёт: { $count }
button-misses = 🤏 Чуть не берёт: { $count }
button-added = 🆚 Новое: { $count }
button-dropped = 🆚 Ушло: { $count }
button-overlap = 🔀 Пересечения
button-marks = 🎯 Отмечено: { $count }
button-strictness = ⚖️ Строгость
button-topic-languages = 🗣 Языки
button-topic-feeds = 📡 Ленты
button-names = 🔤 Названия и строки
button-undo-change = ↩️ Отменить
button-publish = 🚀 Опубликовать
button-step-back = ↩️ На шаг назад
button-discard = ✖️ Выбросить черновик
button-remove-topic = 🗑 Убрать
button-learn = 🎓 Сделать примерами
button-take-both = ⤵️ Внести их правку в мой черновик
button-publish-anyway = 🚀 Опубликовать мою вместо неё
button-strictness-of = { $strictness ->
        [words] решают только слова
        [broad] широкая
        [normal] обычная
        [strict] строгая
       *[auto] пусть решает тема
    }
tried-takes = ✅ <b>{ $name }</b> (<code>{ $slug }</code>) берёт { $count ->
        [one] { $count } историю
        [few] { $count } истории
       *[many] { $count } историй
    }, сначала самые верные:
tried-misses = 🤏 <b>{ $name }</b> (<code>{ $slug }</code>) чуть не берёт { $count ->
        [one] { $count } историю
        [few] { $count } истории
       *[many] { $count } историй
    }:
tried-added = 🆚 Черновик темы <b>{ $name }</b> (<code>{ $slug }</code>) берёт { $count ->
        [one] { $count } историю, которой
        [few] { $count } истории, которых
       *[many] { $count } историй, которых
    } нет у опубликованной:
tried-dropped = 🆚 Черновик темы <b>{ $name }</b> (<code>{ $slug }</code>) не берёт { $count ->
        [one] { $count } историю, которая есть
        [few] { $count } истории, которые есть
       *[many] { $count } историй, которые есть
    } у опубликованной:
tried-none = Таких нет.
tried-hint = 👍 подходит теме, 👎 не подходит; ещё одно нажатие снимает отметку. По отметкам видно, насколько тема точна, и они могут стать её примерами.
miss-lacking = не хватает только «{ $term }» из «{ $rule }»
miss-forbidden = в «{ $rule }» не пускает «{ $term }»
miss-once = «{ $term }» встречается лишь раз, и далеко от начала
overlap-head = 🔀 <b>{ $name }</b> (<code>{ $slug }</code>) берёт и из других тем:
overlap-line = { $name }: <b>{ $share }</b> её историй ({ $shared } из { $theirs }), здесь это { $own }
overlap-none = Общих историй нет ни с одной.
marks-head = 🎯 <b>{ $name }</b> (<code>{ $slug }</code>): { $count ->
        [0] пока ничего не отмечено
        [one] отмечена { $count } статья
        [few] отмечено { $count } статьи
       *[many] отмечено { $count } статей
    }
marks-line = { $number }. { $label ->
        [belongs] 👍
       *[foreign] 👎
    } { $right ->
        [right] ✅
       *[wrong] ❌
    } { $title }{ $learned ->
        [none] { "" }
       *[learned] { " " }· её пример
    }
    <i>{ $why }</i>
marks-hint = ✅ решено, как отмечено, ❌ – иначе. Отмечайте кнопками 👍 и 👎 в списках того, что тема берёт и чуть не берёт. Как примеры, до { $most } каждого вида, они объясняют теме, что имеется в виду; ✕ забывает отметку.
learned = { $count ->
        [0] Они уже примеры.
        [one] Добавлен { $count } пример.
        [few] Добавлено { $count } примера.
       *[many] Добавлено { $count } примеров.
    }
strictness-screen = ⚖️ Насколько статья должна подходить теме <b>{ $name }</b> (<code>{ $slug }</code>)? Сейчас: { $strictness ->
        [words] решают только слова.
        [broad] широкая – берёт всё, что похоже на тему.
        [strict] строгая – берёт только несомненное.
       *[normal] обычная.
    }
topic-languages-screen = 🗣 На каких языках могут быть статьи темы <b>{ $name }</b> (<code>{ $slug }</code>)? Без выбора – на всех.
topic-feeds-screen = 📡 Из каких лент могут быть статьи темы <b>{ $name }</b> (<code>{ $slug }</code>)? Без выбора – из всех.
names-screen =
    🔤 <b>{ $name }</b> (<code>{ $slug }</code>) называется:
    { $lines }

    Ответьте на это сообщение строками, сколько нужно:
    <code>ru: Космос</code>, <code>kk: Ғарыш</code>, <code>en: Space</code> – названия
    <code>about: Ракеты и телескопы</code> – одно предложение для читателей, по нему же взвешиваются статьи
    <code>words: ракета, орбит*, "космическая станция", запуск AND луна NOT фильм</code>; <code>words: +луна, -ракета</code> добавляет и убирает
    <code>must: NASA OR ESA</code>, <code>not: гороскоп</code>
    <code>languages: ru, en</code>, <code>feeds: https://example.com/feed.xml</code>
    <code>like: Аппарат прислал снимки Луны</code>, <code>dislike: Фильм о Марсе получил приз</code>
conflict-head = ⚠️ { $kind ->
        [removed] <b>{ $who }</b>: тема <b>{ $name }</b> (<code>{ $slug }</code>) убрана { $ago }, когда ваш черновик уже был начат.
        [made] <b>{ $who }</b>: тема <code>{ $slug }</code> заведена { $ago }, как и ваша.
       *[changed] <b>{ $who }</b>: тема <b>{ $name }</b> (<code>{ $slug }</code>) изменена { $ago }, когда ваш черновик уже был начат.
    } Ничего не опубликовано.
conflict-theirs = <b>Их правка:</b>
conflict-mine = <b>Ваша:</b>
both-taken = Теперь в черновике обе правки. Посмотрите и опубликуйте.
published = Опубликовано.
stepped-back = На шаг назад.
draft-discard-question = Выбросить ваш черновик темы <b>{ $name }</b> (<code>{ $slug }</code>) со всеми шагами? Опубликованное останется.
button-really-discard = Да, выбросить
draft-discarded = Черновика больше нет.
error-no-draft = Черновика этой темы больше нет. Вот как всё обстоит сейчас.
