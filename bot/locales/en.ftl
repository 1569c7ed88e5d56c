# English. Arguments are escaped before they get here; tags are Telegram's HTML.

language-name = English

## Commands, as the menu shows them
command-digest = A digest now
command-topics = Your topics
command-summarize = Summary of a link or text
command-settings = Hour, time zone, length, language
command-pause = Silence until you resume
command-resume = Digests again
command-channels = Channels and groups that you administer
command-thread = Which topic comes into which thread
command-help = What I can do
command-stop = Leave and erase your data
command-search = Search what I have read
command-saved = What you saved
command-missed = What came, what did not, and why
command-privacy = What I keep about you; take it along or erase it
command-topic = Topics: build, try, publish
command-feeds = Feeds: add, remove, health
bot-short-description = One digest at your hour: your topics, each story once, with its sources.
bot-description = I read the news for you and send one short digest at your hour: only your topics, only what is new to you, every story with links to its sources. Send me any link and I will summarize it.

## Joining
join-topics =
    👋 <b>Hello! I read the news, so that you need not.</b>
    At your hour, one message: only your topics, each story once, with links to its sources.

    <b>Step 1 of 4 · What are you interested in?</b>
join-time =
    <b>Step 2 of 4 · When shall the digest come?</b>
    At <b>{ $time }</b> your time. Choose an hour, or send me a time such as <code>07:35</code>.
join-zone =
    <b>Step 3 of 4 · Where are you?</b>
    Now: <b>{ $zone }</b>, where it is { $clock }. Choose a zone, or send me the name of a city or your location.
join-size =
    <b>Step 4 of 4 · How long may a digest be?</b>
    So many minutes of reading; the most important first, with room for each topic.
join-done =
    ✅ <b>All set.</b>
    The next digest comes <b>{ $next }</b>.
    You can have one right now, and send me any link for a summary.
join-preview = 👁 A digest of now would have { $count ->
        [one] { $count } story
       *[other] { $count } stories
    }, among them:
join-headline = • { $title }
topic-told = <b>{ $name }</b> – { $about }
preview-head = 👁 <i>Your digest of { $at } as it would have been with { $tried ->
        [tried] what you are trying
       *[none] these settings
    }. None of it counts as told.</i>
join-no-topics = There are no topics yet. The admin of this bot has to add some first.
choose-one-topic = Choose at least one topic first.

## Buttons
button-next = Next ▸
button-back = ◂ Back
button-done = ✅ Done
button-all = All
button-none = None
button-digest = 📰 Digest now
button-last = ↩️ Show the last one again
button-preview = 👁 Preview
button-settings = ⚙️ Settings
button-topics = 🏷 Topics
button-time = 🕗 Hours and days
button-days = 📅 Days and weekends
button-every-day = Every day
button-weekdays = Mon–Fri
button-weekends = Weekends
button-weekend-times = 🛋 Weekend hours
button-as-usual = As on other days
button-until-resumed = Until I resume
button-zone = 🌍 Time zone
button-size = 📏 Length
button-language = 🗣 Language
button-pause = 🔕 Pause
button-resume = 🔔 Resume
button-save = 💾 Save
button-unsave = 💾 Saved ✓
button-why = ❓ Why is it here
button-mute = 🔇 Nothing more from { $source }
button-muted = 🔇 Muted
button-export = ⬇️ As a file (JSON)
button-erase = Leave and erase everything
button-forget-saved = Clear the list
button-really-remove = Yes, remove
button-really-leave = Yes, erase everything
button-follow = Follow { $number }
button-follow-all = Follow all { $count }
button-undo = ↩️ Undo
button-cancel = Cancel
button-follow-it = ✅ Follow
button-follow-folders = Follow all, and make topics of { $count ->
        [one] the folder
       *[other] the { $count } folders
    }
button-retry = 🔄 Retry now
button-feed-pause = ⏸ Pause
button-feed-resume = ▶️ Go on
button-weight = ⚖️ Weight
button-latest = 📰 Latest three
button-rename = ✏️ Rename
button-credit = 🖋 Attribution
button-move = 🚚 New address
button-remove = 🗑 Remove
button-take-back = ↩️ Undo
button-as-recognized = As recognized

## Screens
topics-screen =
    🏷 <b>Your topics</b>
    Tap to follow or to stop. The number is how many stories a topic had in the last day.
time-screen =
    🕗 <b>Your hours: { $time }</b>
    Tap an hour to have a digest then, or no longer; several a day are fine. Or send me one time such as <code>07:35</code>.
days-screen =
    📅 <b>Your days</b>
    { $plan }
    One day alone makes it a weekly digest; each tells all that is new since the last.
weekend-screen =
    🛋 <b>Saturdays and Sundays</b>
    { $times ->
        [none] At the same hours as other days. Tap an hour to give them hours of their own.
       *[other] At <b>{ $times }</b>.
    }
pause-screen =
    🔕 <b>Silence for how long?</b>
    What you miss will be in the digest after it. For a date, write <code>/pause 24 December</code>.
zone-screen =
    🌍 <b>Your time zone: { $zone }</b>
    It is { $clock } there. Choose another, or send me the name of a city or your location.
size-screen =
    📏 <b>Length of a digest</b>
    So many minutes of reading; the most important first, with room for each topic.
language-screen = 🗣 <b>Language</b>
settings-screen =
    ⚙️ <b>Settings</b>

    🏷 Topics: { $topics }
    🕗 Hours: <b>{ $time }</b>
    🌍 Time zone: { $zone }
    📏 Length: up to { $size }
    🌙 Quiet hours: { $quiet ->
        [none] none
       *[other] { $quiet }
    }
    🗣 Language: English

    { $state ->
        [paused] 🔕 Paused. Nothing comes until you resume.
        [paused-until] 🔕 Paused until { $until }.
       *[active] The next digest comes <b>{ $next }</b>.
    }
no-topics-chosen = none yet

## Short answers
saved-time = Saved: { $time }
saved-zone = Saved: { $zone }
saved = Saved
time-saved-message = 🕗 Your digest comes at <b>{ $time }</b> from now on. The next one: { $next }.
zone-saved-message = 🌍 Your time zone is <b>{ $zone }</b>, where it is { $clock } now. The next digest: { $next }.
paused = { $until ->
        [none] 🔕 Paused. Nothing comes until /resume; what you miss will be in the digest after it.
       *[other] 🔕 Paused until { $until }. What you miss will be in the digest after it.
    }
saved-next = Saved. Next: { $next }
minutes = { $count ->
        [one] { $count } minute
       *[other] { $count } minutes
    }
days = { $count ->
        [one] { $count } day
       *[other] { $count } days
    }
resumed = 🔔 Digests again. The next one comes <b>{ $next }</b>.
stop-question = Leave for good? I will stop writing to you and erase everything I keep about you. /pause would only keep me silent.
stopped = Done: everything about you is erased. /start brings me back.
not-joined = Let us begin with /start.
stale-button = This button is out of date. Here is how things are now.
nothing-new = Nothing new on your topics{ $since ->
        [none] { "" } yet.
       *[other] { " " }since { $since }.
    } { $next ->
        [none] { "" }
       *[other] The next digest comes { $next }.
    }
no-topics-followed = You follow no topics. Choose some: /topics

help =
    <b>I send you a digest of your topics at your hours.</b>
    Each story comes once, in a few sentences of its own article, with links to its sources.

    /digest – a digest now
    /topics – what you follow
    /summarize – summary of a link; or just send me the link, a forwarded post or a text
    /settings – hours, time zone, length, quiet hours, your words, language; try changes before they count
    /pause, /resume – silence, and digests again
    /search – words in whatever I have read, the newest first
    /saved – what you saved; press a number below a digest to open a story
    /missed – what came, what did not, and why
    /privacy – what I keep about you
    /stop – leave and erase your data

    You can also just send me a time (<code>07:35</code>), quiet hours (<code>22:30-07:00</code>), a city or your location.
    <code>+football</code>: news with that word comes too, whatever its topic; <code>!football</code>: at once; <code>-football</code>: never.
    /pause 7 or /pause 24 December ends by itself.
help-admin =
    <b>For admins</b>
    /topic – topics: draft one, see what it would take and narrowly miss, publish, undo, remove
    /feeds – feeds with their health: add, rename, move, weigh, pause, remove; a list of feeds (OPML) can be sent as a file

## Summaries
summarize-usage = Send me a link, a forwarded post or a text of a few sentences, with or without /summarize.
summary-nothing = I found no article there.
summary-meta = { $saved ->
        [0] { $minutes ->
            [one] { $minutes } minute of reading
           *[other] { $minutes } minutes of reading
        }
       *[other] { $saved ->
            [one] { $saved } minute of reading saved
           *[other] { $saved } minutes of reading saved
        }
    }
summary-citation = Its publisher asks: “{ $wish }”
summary-no-zone = { $date } (time zone not stated)
unknown-text = I did not understand that. Send me a link or a text to summarize, a time such as <code>07:35</code>, a city, a word such as <code>+football</code>, or /help.

## The digest
digest-morning = Morning digest
digest-day = Midday digest
digest-evening = Evening digest
digest-night = Night digest
digest-now = Your digest
digest-minutes = { $minutes } min
digest-also = also { $sources }
story-adds = ➕ { $source }: { $text }
story-follow-up = <i>New since you had it:</i>
story-translated = 🌐 <i>Machine translation from { $language }</i>
story-reworded = ✎ reworded by machine
story-differs = ≠ { $source } has other figures: { $text }
digest-from-feed = from the feed alone
digest-more-sources = and { $count } more
digest-tally = { $read } read, { $shown } here{ $parts ->
        [none] .
       *[other] : { $parts }.
    }
tally-repeats = { $count ->
        [one] { $count } repeat
       *[other] { $count } repeats
    }
tally-off-topic = { $count } off topic
tally-held-back = { $count } left for later
digest-next = The next edition comes { $next }.
digest-nothing = { $date }: nothing new on your topics. { $tally }

## Errors a person can act on
error-refused = I may not open that address: it is not on the public web.
error-unreachable = The site can't be reached. Is the address right?
error-timeout = The site took too long to answer. Try again later.
error-too-large = That is too large for me.
error-status = The site answered with an error ({ $status }){ $meaning ->
        [barred] : it asks for a login, or lets no programs in. Try another address of it.
        [missing] : there is no such page. Is the address right?
        [gone] : the page was taken away for good. Look for its new address.
        [busy] : it gets too many requests. Try again in an hour.
        [server] : it has trouble of its own. Try again later.
       *[other] . Is the address right?
    }
error-not-a-feed = That is not a feed.
error-challenge = The site checks for browsers and lets no programs in. Try another address of it; of an article, send me the text.
error-robots = The site asks programs not to read that page. Of an article, you can send me the text.
error-parsing = That could not be read: it takes too long, or is broken. Try another address of the site.
error-list = I can't read that as a list of feeds. Send me an OPML file as feed readers export it, of at most 5 MB.

## What keeps a feed from being read, in the list of feeds
trouble-refused = Its address is not on the public web. Remove the feed, or add it by its public address.
trouble-unreachable = Its site can't be reached. I try again by myself; if it stays so, look for a new address.
trouble-timeout = Its site takes too long to answer. I try again by myself.
trouble-too-large = It is larger than I can read. Look for a shorter feed of the site.
trouble-not-a-feed = There is no feed at its address any more. Add the site once more to find the new one, and remove this one.
trouble-challenge = Its site checks for browsers instead of sending the feed. Ask the site to let readers of feeds in, or look for another source.
trouble-robots = Its site asks programs not to read it. Look for another source.
trouble-parsing = It takes too long to read, or is broken. I try again by myself; if it stays so, tell the site.
trouble-status = Its site answers with an error ({ $status }){ $meaning ->
        [barred] : it asks for a login, or lets no programs in. Look for another feed of it, or ask the site.
        [missing] : the feed is not there, or no longer. If it stays so, add the site once more to find the new address.
        [gone] : the feed is gone for good, so I no longer ask for it. Remove it, or add its new address.
        [busy] : too many requests. I wait as long as the site wants.
        [server] : the site has trouble of its own. I try again by myself.
       *[other] . I try again by myself; if it stays so, look for a new address.
    }
error-busy = That took me too long, so I gave up. Is it really an article or a feed?
error-unreadable = I found no article text there.
error-unknown-zone = I know no time zone or city named “{ $name }”. Try a larger city nearby, or a name such as Asia/Almaty.
error-unexpected = Something went wrong on my side. It is noted; please try again later.

## Stories, what was saved, and what is muted
story-sources = All { $count } articles
story-gone = This story is not here any more.
story-saved = Saved. /saved has the list.
story-unsaved = No longer saved.
source-muted = You will get nothing more from { $source }. Settings › Muted brings it back.
saved-head = 💾 <b>Saved: { $count }</b>
saved-none = Nothing is saved yet. Press a number below a digest, then Save.
document-unreadable = I can read pages (HTML), plain texts and PDF with text in them; this file is none of these, or there is no text in it.
search-usage = Write what to look for: <code>/search flood Atyrau</code>
search-forgotten = That was too long ago. Search again with /search.
found-head = 🔎 <b>{ $query }</b>: { $count ->
        [one] { $count } article
       *[other] { $count } articles
    }
found-none = 🔎 Nothing I have read has all of “{ $query }”.
muted-screen =
    🔇 <b>What you want to hear nothing of</b>
    { $any ->
        [none] Nothing yet.
       *[some] Tap one to hear of it again.
    }
    Send me a word with a minus in front, such as <code>-football</code> or <code>-"royal family"</code>, to leave out what has it in all its forms. A source can be muted from any of its stories.
missed-head = 📒 <b>Your latest editions</b>
missed-line = { $at } · { $kind ->
        [on_demand] asked for
        [notice] told at once
       *[scheduled] by schedule
    } · { $state ->
        [done] { $stories ->
            [0] nothing was new
            [one] { $stories } story sent
           *[other] { $stories } stories sent
        }
        [doubt] sent, and perhaps not arrived: Telegram gave no answer
        [dropped] could not be delivered; its stories come with a later one
       *[queued] on its way
    }
digest-in-doubt = 🤷 Telegram gave no answer when I sent your digest. If it is not above, press here.
missed-none = None yet.
missed-waiting = ⏳ <b>Came and not told yet, for want of room: { $count }</b>
missed-story = • { $title }
privacy =
    🔐 <b>What I keep about this chat</b>
    Its number, your language, topics, hours, days, zone and length, your words and quiet hours, what you muted, which stories you follow, which you have had and when, and what you saved. No name, no phone, none of your messages. Links and texts that you send for a summary are kept for minutes, in memory alone. What you change as an admin of this bot stays in its log.

    Take all of it along as a file, or have it erased at once and for good.
digest-usage = I know no such topic. Write /digest, /digest 5 for five minutes, or /digest and one of: { $topics }

## A reader's own words, quiet hours, and settings that are tried
own-words = Your words
button-own-words = ⭐ My words
button-try = 🧪 Try before it counts
button-keep = ✅ Keep
button-drop = ✖️ Discard
button-quiet = 🌙 Quiet hours
button-no-quiet = No quiet hours
button-locate = 📍 Send my location
button-share-location = 📍 Share where I am
button-follow-story = 📌 Follow
button-unfollow-story = 📌 Following ✓
button-less = 👎 Less like this
button-less-word = 🔇 “{ $word }”
button-less-topic = ▫️ Stop following “{ $name }”
usual-times = 🕗 { $times }
trying = 🧪 <i>You are trying: nothing here counts until you keep it.</i>
dropped = All is as it was.
nothing-tried = Nothing is being tried any more. All is as it was.
preview-forgotten = That was too long ago. Ask for a preview again in /settings.
quiet-screen =
    🌙 <b>Quiet hours: { $quiet ->
        [none] none
       *[other] { $quiet }
    }</b>
    In them editions arrive without a sound, and what you want to hear at once waits for their end. Choose, or send me two times such as <code>22:30-06:45</code>.
words-screen =
    ⭐ <b>What you want to hear of</b>
    { $any ->
        [none] Nothing yet.
       *[some] ➕ comes with your digests, 🔔 and 📌 at once. Tap one to end it.
    }
    Send me a word with a plus in front, such as <code>+football</code> or <code>+"solar power"</code>: news with it comes too, whatever its topic. With an exclamation mark, <code>!earthquake</code>, it comes at once. A story can be followed from its own buttons.
pause-usage = I can't pause until “{ $given }”. Write /pause, /pause 7 for so many days, or a day of the next year: /pause 24 December
location-unknown = I know no time zone there. Send me the name of a city.
location-found = 📍 { $zone }. Where you are is not kept.
locate = Press the button below the keyboard to share where you are; I only take your time zone from it. Or send me the name of a city.
word-exclude = 🔇 Nothing more with “{ $word }”.
word-include = ➕ News with “{ $word }” comes with your digests from now on, whatever its topic.
word-alert = 🔔 News with “{ $word }” comes at once from now on{ $quiet ->
        [none] .
       *[other] , outside of your quiet hours ({ $quiet }).
    }
story-followed = When this story moves on, you hear of it at once.
story-unfollowed = You follow this story no longer.
topic-unfollowed = You follow “{ $name }” no longer. /topics brings it back.
less-head = 👎 <b>What shall I leave out from now on?</b>
because-word = your word “{ $word }”
because-followed = you follow this story
digest-follow-ups = 🔄 <b>More on what you had</b>
notice-head = 🔔 <b>Just in</b> · { $at }
tally-muted = { $count } muted
why-own-word = ✅ it has your word “{ $word }”

tried = 🧪 Noted for the trial; it counts once you keep it.
too-many-times = At most { $most } editions a day.
nothing-new-topic = Nothing new on “{ $name }”.
error-topic-too_common = “{ $detail }” is in nearly everything. Choose a word that says more.
error-topic-too_many_own = At most { $detail } words of your own of each kind. Take some away first: /settings.

## Admins
admin-only = Only admins of this bot can do that.
group-admins-only = Only admins of this group can change that.
cancelled = Nothing was changed.
topic-list = 🏷 <b>Topics</b>
topic-line = <b>{ $name }</b> (<code>{ $slug }</code>) – { $stories ->
        [one] { $stories } story
       *[other] { $stories } stories
    } in 7 days
topic-words = words: { $words }
topic-must = must: { $words }
topic-exclude = not: { $words }
topic-languages = only languages: { $languages }
topic-feeds = only feeds: { $feeds }
topic-about = about: { $about }
topic-examples = examples: { $liked } liked, { $disliked } disliked
topic-strictness = strictness: { $strictness ->
        [broad] broad – takes what is probably meant
        [strict] strict – takes only what is surely meant
       *[normal] normal
    }
topic-everything = every article of its feeds
topic-none = There are no topics yet.
topic-usage =
    <b>Add a topic</b>, each thing on a line of its own:
    <pre>/topic add Space
    words: rocket, orbit*, "space station"
    must: NASA OR ESA
    not: horoscope
    languages: en, ru
    feeds: https://example.com/feed.xml
    ru: Космос
    kk: Ғарыш
    about: Rockets and telescopes
    like: Moon lander sends first pictures
    dislike: Film about Mars wins a prize
    strictness: strict</pre>
    A word counts in all its forms, <code>orbit*</code> by its beginning, a <code>"phrase"</code> word by word. <code>launch AND moon NOT film</code> needs the first two without the third; OR parts alternatives. What stands behind must: has to be there, and nothing behind not:. With about: or examples (like:, dislike:, a line for each) an article is weighed as a whole; strictness: is broad, normal, strict, or words for words alone. Only the name is needed, and one of words, feeds, about or like.

    <b>Change it</b>: <code>/topic edit space</code> with the lines that change; <code>words: +moon, -rocket</code> adds and takes away; <code>name: Outer space</code> renames.
    <b>Remove it</b>: <code>/topic remove space</code>
    <b>Why is an article in it, or not</b>: <code>/topic why LINK</code>
topic-added = ✅ Topic <b>{ $name }</b> (<code>{ $slug }</code>) is there. It takes { $stories ->
        [one] { $stories } story
       *[other] { $stories } stories
    } of the last 7 days.
topic-changed = ✅ Topic <b>{ $name }</b> is changed. It takes { $stories ->
        [one] { $stories } story
       *[other] { $stories } stories
    } of the last 7 days.
topic-remove-question = Remove the topic <b>{ $name }</b>? Its readers keep their other topics.
topic-removed = Topic <b>{ $name }</b> is removed.
why-head = <b>{ $title }</b> · { $source }
why-story = One story of { $articles } articles: { $sources }
why-taken = ✅ <b>{ $name }</b> (<code>{ $slug }</code>): { $reason }
why-left = ▫️ { $name } (<code>{ $slug }</code>): { $reason }
why-feed = not from one of its feeds
why-language = it takes no articles in “{ $word }”
why-excluded = kept out by “{ $word }”
why-must = it must have “{ $word }”, and does not
why-must-met = all that it must have is there
why-word = it has “{ $word }”
why-no-word = it has none of the topic’s words
why-everything = the topic takes every article of its feeds
why-too-early = too early to say: the topic has no words, and too few articles are here to compare with
why-evidence = weighs { $total }, needs { $needed }; most of it by { $kind }
why-kind-words = its words
why-kind-description = the words of its description
why-kind-examples = the words of its examples
why-kind-meaning = the meaning of its description
why-kind-meaning-of-examples = the meaning of its examples
why-usage = Send the link of an article: <code>/topic why https://example.com/article</code>
error-article-unknown = I have not gathered the article { $url }. Is it in one of the feeds, and read already?
error-topic-unknown = There is no topic “{ $name }”. Topics: { $known }
error-topic-exists = There is a topic <code>{ $slug }</code> already. Change it with /topic edit { $slug }.
error-topic-name = The topic needs a name: /topic add Space
error-topic-slug = The short name “{ $detail }” must consist of a-z, 0-9 and hyphens, at most 32.
error-topic-word = “{ $detail }” is not a word to look for.
error-topic-phrase = “{ $detail }” is too long: a phrase has at most 8 words, and a beginning* is one word.
error-topic-too_many = A topic has at most { $detail } words.
error-topic-expression = I can't read “{ $detail }”. Write: rocket AND moon, rocket OR satellite, rocket NOT toy.
error-topic-strictness = “{ $detail }” is not a strictness: write words, broad, normal or strict.
error-topic-too_many_examples = A topic has at most { $detail } examples of each kind.
error-topic-language = “{ $detail }” is not a language: write codes such as en, ru, kk.
error-topic-feed = “{ $detail }” is not an address.
error-topic-line = I don't understand the line “{ $detail }”. Lines begin with words:, must:, not:, languages:, feeds:, about:, like:, dislike:, strictness:, name:, or a language such as ru:
error-topic-empty = Tell me what the topic is about: a line words: with words, or a line feeds: with addresses.

feed-list = 📡 <b>Feeds: { $count }</b>{ $broken ->
        [0] { "" }
       *[other] { " " }· 🔴 { $broken }
    }{ $paused ->
        [0] { "" }
       *[other] { " " }· ⏸ { $paused }
    }
feed-none = There are no feeds yet.
feed-line-ok = 🟢 { $title } – { $count ->
        [one] { $count } entry
       *[other] { $count } entries
    } in 24 h, read { $ago }
feed-line-new = ⚪️ { $title } – not read yet
feed-line-broken =
    🔴 { $title } – { $failures ->
        [one] { $failures } time
       *[other] { $failures } times in a row
    }{ $ago ->
        [none] { "" }
       *[other] , last read { $ago }
    }
    <i>{ $error }</i>
feed-usage =
    A number opens a feed: how it is, and every change of it.
    <b>Add</b>: <code>/feeds add https://example.com</code> – the address of a feed or of a site, also several at once.
    <b>Lists</b>: <code>/feeds export</code> gives all of them as an OPML file; send me such a file to follow what it lists.
    <b>All lines</b>: <code>/feeds help</code>
feed-added =
    ✅ Following <b>{ $title }</b>
    { $url }
    Its latest: { $latest }
feed-added-empty =
    ✅ Following <b>{ $title }</b>
    { $url }
    It has no entries yet.
feed-choice =
    🔎 <b>{ $site }</b> has { $count ->
        [one] { $count } feed
       *[other] { $count } feeds
    }. Which shall I follow?
feed-choice-more = Others of the site:
feed-entries = { $count ->
        [0] no entries yet
        [one] { $count } entry
       *[other] { $count } entries
    }
feed-newest = the newest { $ago }
feed-followed = followed
feed-chosen = ✅ Following { $titles }
feed-failed = ✖️ { $address }: { $error }
feed-not-an-address = ✖️ “{ $written }” is not an address.
feed-too-many = At most { $most } addresses at once. Send me a longer list as an OPML file.
feed-summary = <b>In all</b>: followed { $followed }, followed already { $known }, to choose from { $offered }, failed { $failed }.
offer-gone = This choice is no longer open. Nothing was changed; please ask again.
list-found = 📥 { $count ->
        [one] { $count } feed
       *[other] { $count } feeds
    } in the list, { $new } of them new.
list-more = … and { $count } more
list-nothing-new = 📥 { $count ->
        [1] The feed of that list is
       *[other] All { $count } feeds of that list are
    } followed already.
list-followed = ✅ Following { $count ->
        [one] { $count } more feed
       *[other] { $count } more feeds
    }. I read them now; /feeds shows how they are.
list-exported = { $count ->
        [one] { $count } feed
       *[other] { $count } feeds
    }. Readers of feeds can import this file, and so can I.
feed-remove-question = Remove the feed <b>{ $title }</b> with all its articles?
feed-weighs = { $title } · weight { $weight }
feed-weighed = What <b>{ $title }</b> tells counts { $weight } from now on; 1 is usual.
error-feed-weight = Write which feed and what it is to count, from { $least } to { $most }: <code>/feeds weight 3 2</code>
feed-removed = Feed <b>{ $title }</b> is removed.
error-feed-exists = <b>{ $title }</b> is followed already.
error-feed-unknown = There is no such feed. /feeds shows the numbers.
error-feed-not-found = I found no feed there. Look for an RSS link on the site and send me its address.

## A feed by itself
feed-help =
    📡 <b>Lines about feeds</b>
    <code>3</code> stands for the number in the list; the address will do as well, or a part of the title, in quotes if it has spaces.

    <code>/feeds add https://example.com</code> – follow; of a site too, and several at once
    <code>/feeds 3</code> – how the feed is
    <code>/feeds rename 3 New name</code>
    <code>/feeds move 3 https://example.com/new.xml</code> – a new address; all that it told stays
    <code>/feeds credit 3 Words beside its news</code> – without words, none
    <code>/feeds language 3 kk</code> – of articles that do not show theirs; <code>auto</code> for none
    <code>/feeds weight 3 2</code> – what it tells counts double; 1 is usual, 0.1 the least, 3 the most
    <code>/feeds pause 3</code>, <code>/feeds resume 3</code> – ask for it no more, and again
    <code>/feeds retry 3</code> – ask for it now
    <code>/feeds latest 3</code> – what it said last
    <code>/feeds remove 3</code> – with its articles
    <code>/feeds export</code> – all as an OPML file
feed-line-paused = ⏸ { $title } – paused
feed-head = 📡 <b>{ $number }. { $title }</b>
feed-site = Site: { $url }
feed-health = { $state ->
        [ok] 🟢 Read { $ago }.
        [new] ⚪️ Not read yet.
       *[broken] 🔴 Failed { $failures ->
            [one] { $failures } time
           *[other] { $failures } times in a row
        }{ $ago ->
            [none] , never read so far.
           *[other] , last read { $ago }.
        }
    }
feed-paused-now = ⏸ <b>Paused</b>: I ask for it no more.
feed-next = { $when ->
        [never] I no longer ask for it by myself; Retry now does once more.
        [now] Its next turn is now.
       *[other] Its next turn: { $when }.
    }
feed-daily = { $count ->
        [one] { $count } entry
       *[other] { $count } entries
    } in the last 24 hours
feed-quality = Articles of 7 days: { $count }. From their pages { $share } %, from the feed alone { $from_feed }, headlines only { $headlines }. Usual length: { $length } characters.
feed-quality-none = No articles in the last 7 days.
feed-weight = Weight: { $weight }
feed-language = Language, where an article does not show it: { $language }
feed-credit = Beside its news: “{ $credit }”
feed-topics = Topics of it: { $topics }
feed-weight-question =
    ⚖️ <b>{ $title }</b> counts { $weight }
    How much shall its telling of a story count? 1 is usual. Or send another number:
    <code>/feeds weight { $which } 0.7</code>
feed-language-question =
    🗣 <b>{ $title }</b>
    In which language are those of its articles that are too short to show it? Or send another code:
    <code>/feeds language { $which } uz</code>
feed-latest = 📰 <b>{ $title }</b>{ $any ->
        [none] : nothing yet.
       *[some] : its latest
    }
feed-how-rename =
    ✏️ To call <b>{ $title }</b> otherwise, send
    <code>/feeds rename { $which } New name</code>
feed-how-move =
    🚚 When <b>{ $title }</b> has a new address, send
    <code>/feeds move { $which } https://example.com/new.xml</code>
    I look whether a feed is there. Its articles stay, its topics too, and nothing comes twice.
feed-how-credit =
    🖋 When the publisher of <b>{ $title }</b> wants words to stand beside its news, send
    <code>/feeds credit { $which } Reprinted with permission</code>
    Without words there are none any more.
feed-renamed = ✏️ “{ $before }” is called “{ $after }” from now on.
feed-moved = 🚚 <b>{ $title }</b> is read at its new address from now on: { $url }
feed-credited = 🖋 Beside the news of <b>{ $title }</b> stands from now on: “{ $credit }”
feed-uncredited = 🖋 Beside the news of <b>{ $title }</b> stands nothing but its name from now on.
feed-speaks = 🗣 { $language ->
        [none] The language of articles of <b>{ $title }</b> is only what they show.
       *[other] Articles of <b>{ $title }</b> that do not show their language count as { $language } from now on.
    }
feed-paused = ⏸ <b>{ $title }</b> is paused. What it told stays.
feed-resumed = ▶️ <b>{ $title }</b> is read again.
feed-asking = 🔄 I am asking for <b>{ $title }</b> …
feed-unchanged = It was so already.
feed-preview =
    🔎 <b>{ $title }</b>
    { $url }
    Shall I follow it?
error-feed-ambiguous = Several feeds may be meant: { $titles }. Write the number, the address, or more of the title.
error-feed-several =
    There are several feeds there. Write the address of one of them:
    { $urls }
error-feed-paused = <b>{ $title }</b> is paused. /feeds resume first.
error-feed-title = A feed's name has 1 to { $title } characters.
error-feed-credit = The words beside its news may have { $credit } characters at most.
error-feed-language = Write a code of two letters, such as en, ru or kk, or auto.
error-list-long = That list names more than { $most } feeds. Send it in parts, please; nothing was taken.
list-folders = 📁 Folders: { $names }
list-topics-added = 🏷 New topics: { $names }
list-topics-changed = 🏷 Topics with these feeds besides: { $names }
list-topics-left = ▫️ Left as they are: { $names }. Such a topic takes from every feed, its name can't be a topic's, or there were too many.
alarm-broken = 🔴 <b>{ $count ->
        [one] A feed can't be read any more
       *[other] { $count } feeds can't be read any more
    }</b>
alarm-line = • <b>{ $title }</b>: { $error }
alarm-back = 🟢 Read again: { $titles }

## Staff and the log of changes
command-admins = Who may do what, and the log of changes
error-topic-changed = Somebody else has changed <code>{ $slug }</code> meanwhile. Look at it again with /topic, and make your change anew.
not-allowed = You may not do that.
invitation-gone = This invitation was used already, is too old, or gives you nothing new. Ask for another one.
member-gone = There is no such member any more.
change-gone = That can't be taken back: it was already, or what it changed has been changed again since.
change-reverted = Taken back.
staff-head =
    👥 <b>Who may do what</b>
    Owners: { $owners }, named by the operator. Admins manage topics and feeds; editors only the topics given to them.
staff-line = • { $name } (<code>{ $id }</code>) – { $role ->
        [admin] admin
       *[editor] editor of { $topics }
    }
staff-topic-question = Which topic shall the editor have? More can be given by further invitations.
staff-invited =
    🔗 This link makes whoever follows it first { $role ->
        [admin] an <b>admin</b>
       *[editor] an <b>editor</b> of { $topics }
    }. It works once, for seven days:
    <code>{ $link }</code>
staff-welcome = 👋 Welcome: you are { $role ->
        [admin] an <b>admin</b> of this bot now. /topic, /feeds and /admins are yours; /help tells more.
       *[editor] an <b>editor</b> of { $topics } now. /topic is yours.
    }
button-dismiss = ✕ { $name }
button-invite-admin = ➕ Admin
button-invite-editor = ➕ Editor
button-log = 📜 Log of changes
button-revert = ↩️ Take it back
audit-head = 📜 <b>What was changed</b>{ $any ->
        [none] : nothing yet.
       *[some] , the newest first. A number opens the change.
    }
audit-line = { $ago } · { $name } · { $act ->
        [topic_added] added the topic
        [topic_changed] changed the topic
        [topic_removed] removed the topic
        [feed_added] followed the feed
        [feed_changed] changed the feed
        [feed_removed] removed the feed
        [staff_added] joined the staff:
        [staff_removed] dismissed
       *[broadcast] wrote to readers:
    } <code>{ $subject }</code>{ $reverted ->
        [none] { "" }
       *[reverted] { " " }(taken back)
    }
audit-field = <b>{ $name }</b>: { $before } → { $after }
audit-reverted = <i>It was taken back.</i>

## Figures
command-stats = Figures: readers, editions, topics, feeds
button-as-text = As text
button-as-csv = As a table (CSV)
stats-usage = Write /stats, or /stats and how many days to look back: at most { $most }.
stats-caption =
    📊 <b>{ $days ->
        [one] The last day
       *[other] The last { $days } days
    }</b> (UTC)
    👥 { $readers } readers, { $paused } paused, { $gone } gone; { $joined } new
    📰 { $editions } editions by schedule, { $requests } asked for; { $articles } articles gathered
    ⏱ { $half ->
        [none] no edition was due
       *[other] half of the editions within { $half } s of their minute, 99 % within { $nearly } s
    }
    📡 { $well } feeds well, { $failing } failing, { $stopped } stopped, { $new } new
stats-day = { $day } { $editions } editions, { $requests } asked for, { $notices } at once, { $joined } new readers, { $articles } articles
chart-days = Editions by day
chart-delays = Editions handed over within so many seconds
chart-stories = Stories by topic, { $days } d
chart-feeds = Entries by feed, { $days } d
chart-editions = by schedule
chart-requests = asked for
chart-notices = at once
chart-joined = New readers by day
chart-seconds = s
chart-well = well
chart-new = new
chart-failing = failing
chart-stopped = stopped
chart-none = nothing yet

## Sharing a story in any chat
help-inline = In any chat, write <code>@{ $bot } flood Atyrau</code> and share a story there with its sources; without words, the latest ones.
inline-open = Your topics and your hour
inline-nothing = Nothing I have read has these words

## Threads of forums
help-threads = /thread – which topic comes into which thread of this group (its admins decide)
button-threads = 🧵 Threads
button-make-threads = ➕ Make { $count ->
        [one] { $count } thread
       *[other] { $count } threads
    }
button-forget-threads = All topics in one place
button-everything-else = Everything else
threads-screen =
    🧵 <b>Threads</b>
    Each topic can have a thread of this group; what has none goes to where I was started.
threads-line = • { $name }{ $own ->
        [yes] { " " }– in a thread of its own
       *[no] { "" }
    }
threads-no-right = To make threads myself I need to be an admin here with the right <b>Manage topics</b>. Without it, an admin can open a thread, send /thread in it, and choose there what goes into it.
threads-here = What shall come <b>into this thread</b>?
threads-none = This chat has no threads. An admin can switch them on in the group’s own settings (“Topics”).
threads-later = Telegram wants me to wait before I make more threads. Press the button again in a minute; those that are there stay.

## Channels and groups, set up from the private chat
privacy-places = Of groups and channels that I am in I keep the title, and the numbers of their admins, so that only these can set them up.
privacy-model = Headlines and summaries of articles go to a language model that the operator of this bot chose, to be worded and translated. Nothing about you goes there.
help-channels = /channels – channels and groups that you administer: make me an admin of a channel, then set it up here
button-chats = 📢 Channels and groups
button-set-up = ⚙️ Set it up
chats-screen =
    📢 <b>Channels and groups</b>
    You are an admin of these. Choose one to decide what comes there and when.
chats-none = I am in no channel or group of yours. Make me an admin of your channel with the right <b>Post messages</b>, or add me to your group, then send /channels again.
place-typing = <i>Buttons here are for it; what you write to me is for your own digest.</i>
place-arrived = 📢 I can post in <b>{ $title }</b> now. Which topics shall come there, and when?
place-barred =
    ⚠️ I have no right to write in <b>{ $title }</b>, so its digests are paused. Nothing is lost: the next one brings what was missed.
    { $kind ->
        [channel] Give me the right <b>Post messages</b> among the channel’s admins, then press Resume.
       *[group] Let me send messages in the group’s permissions, or make me an admin there, then press Resume.
    }
place-gone = I am no longer in that channel or group. Add me again to go on as before.
place-admins-only = Only admins of “{ $title }” can change that.
place-not-set-up = It is not set up yet. Press “Set it up” first.
place-posted = ✅ Posted in <b>{ $title }</b>.
place-not-posted = It did not arrive in <b>{ $title }</b>. Nothing is lost: it is tried again, or comes with the next digest. May I write there?
place-nothing-new = Nothing new for <b>{ $title }</b> just now.
place-erase-question = Erase everything I keep about <b>{ $title }</b>, and post nothing there any more?
place-erased = Done: everything about <b>{ $title }</b> is erased. /channels sets it up anew.

## Broadcasts
command-broadcast = Write to the readers who agreed
button-announcements = Messages from the admins
button-send = 📣 Send to { $count }
button-refresh = 🔄
button-stop-broadcast = ✋ Stop
announcements-on = You get messages from the admins of this bot.
announcements-off = You get no messages from the admins of this bot.
broadcast-none = There was no broadcast yet.
broadcast-usage = Write <code>/broadcast</code> and what readers who agreed shall get; you see it before it is sent.
broadcast-nobody = Nobody has agreed to messages from the admins. Readers can in /settings.
broadcast-question = 📣 That goes to { $count ->
        [one] { $count } reader who agreed
       *[other] { $count } readers who agreed
    }, in about { $minutes ->
        [one] a minute
       *[other] { $minutes } minutes
    }, behind all editions. Send it?
broadcast-progress =
    📣 <b>{ $state ->
        [sending] On its way
        [cancelled] Stopped
       *[over] Done
    }</b> { $bar }
    { $sent } of { $readers } sent{ $failed ->
        [0] .
       *[other] , { $failed } not: stopped, or the chat is closed.
    }

## Home of the admins, and the doctor
command-admin = The admin’s home
button-doctor = 🩺 Is all well?
button-staff = 👥 Who may do what, and the log
admin-home =
    🛠 <b>Home of the admins</b>
    /topic – topics: what they take, and why
    /feeds – feeds, their health, lists
    /stats – figures, drawn
    /broadcast – write to the readers who agreed
    /admins – who may do what; every change, and taking it back
admin-home-editor = 🛠 You are an editor of { $topics }. /topic is yours.
doctor-head = 🩺 <b>{ $faults ->
        [0] All is well.
        [one] { $faults } fault
       *[other] { $faults } faults
    }</b>
health-token = Telegram knows { $name }
health-token-missing = There is no token
health-token-missing-advice = Set TELEGRAM_BOT_TOKEN; @BotFather gives one.
health-token-unknown = Telegram does not know the token
health-token-unknown-advice = Copy TELEGRAM_BOT_TOKEN from @BotFather again.
health-telegram-away = Telegram is out of reach: { $error }
health-telegram-away-advice = Check the network and TELEGRAM_API_URL.
health-inline = Inline mode is on
health-inline-off = Inline mode is off
health-inline-off-advice = /setinline in @BotFather lets people share stories in any chat.
health-groups = The bot may be added to groups
health-groups-off = The bot may not be added to groups
health-groups-off-advice = /setjoingroups in @BotFather allows it.
health-webhook = Telegram posts updates to { $url }
health-webhook-fails = Telegram can’t post updates to { $url }: { $error }; { $waiting } wait there
health-webhook-fails-advice = Check the proxy, its certificate, and that it hands this path on to WEBHOOK_LISTEN.
health-webhook-other = Telegram posts updates elsewhere, or nowhere
health-webhook-other-advice = Start <code>newsdigest run</code> again; does another program use this token?
health-clock = The clock is right
health-clock-alone = It is { $now } UTC here; there was nothing to compare with
health-clock-off = The clock is { $seconds } s off
health-clock-off-advice = Set the clock of this machine by NTP.
health-disk = { $megabytes } MB of disk are free
health-disk-full = Only { $megabytes } MB of disk are free
health-disk-full-advice = Make room: the database stops taking anything when none is left.
health-disk-unknown = The disk can’t be looked at: { $error }
health-disk-unknown-advice = Check DATA_DIR.
health-database = Database: { $readers } readers, { $topics } topics, { $feeds } feeds
health-kept = { $since ->
    [none] No articles are kept yet; the database takes { $megabytes } MB
   *[other] { $articles ->
        [one] { $articles } article is kept
       *[other] { $articles } articles are kept
    }, since { $since }; the database takes { $megabytes } MB, { $free } of them free for what comes
 }
health-no-database = The database can’t be opened: { $error }
health-no-database-advice = Check DATABASE_URL and DATA_DIR, and that this user may write there.
health-database-away = PostgreSQL at { $where } can’t be reached: { $error }
health-database-away-advice = See that it runs there and takes connections from this machine, and that DATABASE_URL names its host and port.
health-database-refused = PostgreSQL at { $where } does not let “{ $user }” in: { $error }
health-database-refused-advice = Check user and password in DATABASE_URL, and the server’s pg_hba.conf.
health-database-missing = PostgreSQL at { $where } has no database “{ $database }”.
health-database-missing-advice = Make it, as its administrator: CREATE DATABASE "{ $database }" OWNER "{ $user }"
health-database-busy = The database “{ $database }” at { $where } is being changed by another process: { $error }
health-database-busy-advice = Try again in a minute; where that goes on, see which process it is: SELECT * FROM pg_stat_activity
health-database-barred = In the database “{ $database }” at { $where } “{ $user }” may not make tables: { $error }
health-database-barred-advice = Make it the owner, as the administrator: ALTER DATABASE "{ $database }" OWNER TO "{ $user }"
health-database-encoding = The database “{ $database }” at { $where } does not keep texts in UTF-8: { $error }
health-database-encoding-advice = Set it aside and make it anew, as the administrator: ALTER DATABASE "{ $database }" RENAME TO "{ $database }_old"; CREATE DATABASE "{ $database }" OWNER "{ $user }" ENCODING 'UTF8' TEMPLATE template0
health-no-topics = There are no topics
health-no-topics-advice = Add one in the chat: /topic add NAME, or import a topics file.
health-topics-waiting = Topics and feeds are still to come from { $file }
health-topics-waiting-advice = Start the bot: it takes them from there.
health-no-feeds = There are no feeds
health-no-feeds-advice = Add one in the chat: /feeds add ADDRESS, or import a topics file.
health-feed = Feed { $title }: { $code }
health-gathered = The latest successful poll of a feed: { $at } UTC
health-gathered-never = No feed has been read yet
health-gathered-never-advice = That takes a minute after a start; /feeds tells of each.
health-gathered-late = No feed could be read since { $at } UTC
health-gathered-late-advice = Is the bot running, and does its machine reach the web?
health-outbox = Nothing is late; { $waiting } wait to be sent
health-outbox-full = { $waiting } wait to be sent
health-outbox-full-advice = Telegram takes 30 a second; this passes by itself.
health-outbox-late = Editions wait since { $at } UTC, { $waiting } in all
health-outbox-late-advice = Is <code>newsdigest run</code> running, and is Telegram in reach?
health-workers = { $workers ->
        [one] { $workers } worker is alive
       *[other] { $workers } workers are alive
    }; tasks: { $waiting } waiting, { $under_way } under way
health-workers-none = No worker is alive, and nothing is gathered; tasks that wait: { $waiting }
health-workers-none-advice = Start <code>newsdigest worker</code> on some machine, or set WORKERS=internal for the bot to gather by itself.
health-workers-stalled = Tasks whose workers are gone: { $stalled }; workers alive: { $workers }
health-workers-stalled-advice = They are given to others within seconds, as long as <code>newsdigest run</code> is running.
health-workers-idle = Workers that nobody gives work: { $workers }
health-workers-idle-advice = The bot gathers by itself. Set WORKERS=external for it, or stop the workers.
health-model = The language model { $model } answers; today { $used } of { $budget } tokens are used
health-model-away = The language model { $model } does not answer ({ $error }); today { $used } of { $budget } tokens are used
health-model-away-advice = Check LLM_BASE_URL, LLM_API_KEY and LLM_MODEL. Digests come with the articles’ own sentences meanwhile.

## The topic workbench
topic-line-new = ✏️ <b>{ $name }</b> (<code>{ $slug }</code>) – your draft of a new topic
topic-nothing-yet = <i>nothing to look for yet: it needs words:, about:, like: or feeds:</i>
topic-list-hint = A button opens a topic: what it takes, what it narrowly misses, and everything to change it. By text: <code>/topic draft</code>, <code>/topic add</code>, <code>/topic edit</code>, <code>/topic why LINK</code>.
topic-draft-usage =
    <b>Draft a topic</b>: write it as below, but with <code>/topic draft</code> in place of <code>/topic add</code>. I show what it takes, you change it, and readers get it when you publish. With <code>/topic add</code> they get it at once.
topic-published = ✅ Published: <b>{ $name }</b> (<code>{ $slug }</code>). It takes { $stories ->
        [one] { $stories } story
       *[other] { $stories } stories
    } of the last 7 days.
draft-begun = ✏️ <b>Your draft.</b> Nobody else sees it until you publish.
bench-head = 🛠 <b>{ $name }</b> (<code>{ $slug }</code>) · { $state ->
        [new] your draft of a new topic
        [outdated] your draft; the published one has been changed since you began
        [draft] your draft; readers get the published one until you publish
       *[published] published
    }
bench-names = names: { $names }
bench-unfollowed = 📡 { $count ->
        [one] One address among its feeds is
       *[other] { $count } addresses among its feeds are
    } not followed yet; publishing follows what is found there.
bench-report = 📊 Of { $articles } { $articles ->
        [one] article
       *[other] articles
    } in { $days } { $days ->
        [one] day
       *[other] days
    }{ $bounded ->
        [none] { "" }
       *[bounded] { " " }(the newest; there are more)
    } it takes <b>{ $stories } { $stories ->
        [one] story
       *[other] stories
    }</b>, { $rate } a day.
bench-report-none = 📊 No article of the last { $days } days is here to try it on.
bench-report-late = 📊 The archive could not be looked through just now. Open the topic again a little later.
bench-against = 🆚 Against the published one: <b>+{ $added } −{ $dropped }</b>
bench-takes = ✅ { $title }
bench-misses = 🤏 { $title } – <i>{ $why }</i>
bench-overlaps = 🔀 Takes of other topics: { $topics }
bench-measured = 🎯 On { $count } marked { $count ->
        [one] article
       *[other] articles
    }: precision { $precision ->
        [none] – (none taken)
       *[other] <b>{ $precision }</b> ({ $right } of { $taken })
    }, recall { $recall ->
        [none] – (none belongs)
       *[other] <b>{ $recall }</b> ({ $right } of { $belonging })
    }.
bench-measured-learned = All of them are examples of the topic itself, so this flatters: mark others.
bench-measured-without = { $count ->
        [one] One more is its own example and does not count.
       *[other] { $count } more are its own examples and do not count.
    }
bench-hint = ✍️ Answer this message with lines to change it: <code>words: +moon, -rocket</code>, <code>must: NASA OR ESA</code>, <code>not: film</code>, <code>about: …</code>, <code>ru: …</code>, <code>like: …</code>
bench-gone = That is not there any more. Here is how things are now.
button-new-topic = ➕ New
button-topic-list = ◂ Topics
button-bench = ◂ Workbench
button-takes = ✅ Takes: { $count }
button-misses = 🤏 Narrowly misses: { $count }
button-added = 🆚 New: { $count }
button-dropped = 🆚 No longer: { $count }
button-overlap = 🔀 Overlap
button-marks = 🎯 Marked: { $count }
button-strictness = ⚖️ Strictness
button-topic-languages = 🗣 Languages
button-topic-feeds = 📡 Feeds
button-names = 🔤 Names and lines
button-undo-change = ↩️ Undo
button-publish = 🚀 Publish
button-step-back = ↩️ Last step back
button-discard = ✖️ Discard draft
button-remove-topic = 🗑 Remove
button-learn = 🎓 Make examples of them
button-take-both = ⤵️ Take their change into my draft
button-publish-anyway = 🚀 Publish mine in its place
button-strictness-of = { $strictness ->
        [words] words alone decide
        [broad] broad
        [normal] normal
        [strict] strict
       *[auto] let the topic choose
    }
tried-takes = ✅ <b>{ $name }</b> (<code>{ $slug }</code>) takes { $count ->
        [one] { $count } story
       *[other] { $count } stories
    }, the surest first:
tried-misses = 🤏 <b>{ $name }</b> (<code>{ $slug }</code>) narrowly misses { $count ->
        [one] { $count } story
       *[other] { $count } stories
    }:
tried-added = 🆚 <b>{ $name }</b> (<code>{ $slug }</code>) as drafted takes { $count ->
        [one] { $count } story
       *[other] { $count } stories
    } that the published one does not:
tried-dropped = 🆚 <b>{ $name }</b> (<code>{ $slug }</code>) as drafted leaves out { $count ->
        [one] { $count } story
       *[other] { $count } stories
    } that the published one takes:
tried-none = None.
tried-hint = 👍 belongs to the topic, 👎 does not; once more takes it back. Marks measure the topic and can become its examples.
miss-lacking = lacks only “{ $term }” of “{ $rule }”
miss-forbidden = “{ $term }” keeps it out of “{ $rule }”
miss-once = “{ $term }” stands there only once, far down
overlap-head = 🔀 <b>{ $name }</b> (<code>{ $slug }</code>) also takes, of other topics:
overlap-line = { $name }: <b>{ $share }</b> of its stories ({ $shared } of { $theirs }), which are { $own } of these
overlap-none = It has no story in common with any.
marks-head = 🎯 <b>{ $name }</b> (<code>{ $slug }</code>): { $count ->
        [0] nothing is marked yet
        [one] { $count } article is marked
       *[other] { $count } articles are marked
    }
marks-line = { $number }. { $label ->
        [belongs] 👍
       *[foreign] 👎
    } { $right ->
        [right] ✅
       *[wrong] ❌
    } { $title }{ $learned ->
        [none] { "" }
       *[learned] { " " }· its example
    }
    <i>{ $why }</i>
marks-hint = ✅ decided as marked, ❌ not. Mark with 👍 and 👎 in the lists of what the topic takes and narrowly misses. As examples, at most { $most } of each kind, they teach the topic what is meant; ✕ forgets a mark.
learned = { $count ->
        [0] They are examples already.
        [one] { $count } example more.
       *[other] { $count } examples more.
    }
strictness-screen = ⚖️ How sure must <b>{ $name }</b> (<code>{ $slug }</code>) be of an article? Now: { $strictness ->
        [words] its words alone decide.
        [broad] broad – it takes what is probably meant.
        [strict] strict – it takes only what is surely meant.
       *[normal] normal.
    }
topic-languages-screen = 🗣 In which languages may articles of <b>{ $name }</b> (<code>{ $slug }</code>) be? Without a choice, in all.
topic-feeds-screen = 📡 From which feeds may articles of <b>{ $name }</b> (<code>{ $slug }</code>) come? Without a choice, from all.
names-screen =
    🔤 <b>{ $name }</b> (<code>{ $slug }</code>) is called:
    { $lines }

    Answer this message with lines, each of these as often as needed:
    <code>en: Space</code>, <code>ru: Космос</code>, <code>kk: Ғарыш</code> – its names
    <code>about: Rockets and telescopes</code> – one sentence for readers, by which articles are weighed too
    <code>words: rocket, orbit*, "space station", launch AND moon NOT film</code>; <code>words: +moon, -rocket</code> adds and takes away
    <code>must: NASA OR ESA</code>, <code>not: horoscope</code>
    <code>languages: en, ru</code>, <code>feeds: https://example.com/feed.xml</code>
    <code>like: Moon lander sends first pictures</code>, <code>dislike: Film about Mars wins a prize</code>
conflict-head = ⚠️ { $kind ->
        [removed] <b>{ $who }</b> removed <b>{ $name }</b> (<code>{ $slug }</code>) { $ago }, after your draft was begun.
        [made] <b>{ $who }</b> made a topic <code>{ $slug }</code> { $ago }, as you did.
       *[changed] <b>{ $who }</b> changed <b>{ $name }</b> (<code>{ $slug }</code>) { $ago }, after your draft was begun.
    } Nothing was published.
conflict-theirs = <b>Their change:</b>
conflict-mine = <b>Yours:</b>
both-taken = Both are in your draft now. Look at it, then publish.
published = Published.
stepped-back = One step back.
draft-discard-question = Forget your draft of <b>{ $name }</b> (<code>{ $slug }</code>) with all its steps? What is published stays.
button-really-discard = Yes, discard
draft-discarded = The draft is gone.
error-no-draft = There is no draft of that topic any more. Here is how things are now.
