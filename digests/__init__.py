"""The news: from feeds to digests. Knows nothing of Telegram, of schedulers, of environment variables.

One direction, one frozen type for each stage (`model`):

    Feed --gather.fetch--> Response --gather.feeds--> Entry          a feed, polled when gather.polling says
         --gather.robots, gather.fetch--> Response --extract--> Article   its page, read
         --summarize--> Summary --curate.fingerprint--> ReadArticle  one worker's piece: reading
         --curate.stories, curate.topics--> Story                    told with others, put into topics
         --curate.regroup, curate.across--> Story                    compared again, across languages too
         --retell--> Wording                                         in other words, where there is a language model
         --curate.ranking, offer--> Ranked --compose--> Digest       what one edition says, when editions says
         --Renderer port, store.outbox--> Delivery --Sender port-->  the reader, or again when deliver says

The layers; what one imports stands in its own line or above (what exactly, says tests/test_layers.py):

    model, errors, ports            values, the tree of what goes wrong, what the outside has to provide
    language                        sentences, words and word forms, for every language served
    gather, extract                 from addresses to entries, from pages to articles
    embed                           texts as vectors of meaning, where the extra `semantic` is installed
    curate                          stories, topics, their order
    summarize, retell               sentences of an article; what a language model makes of them, checked
    reading, weighing, judging      pieces of work that are sent to a worker process by name: what they
    regrouping                      need is heavy, and imported when it is first asked for
    editions, offer, compose        what is due, what an edition is made of, what it says;
    shortlist                       of which stories, before their words are read
    deliver, alarms                 when to try again, when to give up; when to tell admins of feeds
    records, topics_file, opml      topics and feeds in the audit log, in an operator's file, in other readers
    store                           the only place with SQL, and with the queue of workers
    places, staff, lease            groups and channels; who may do what; which of several processes sends
    pipeline                        use cases of the clock: gathering, reading, planning, publishing ...
    subscribers, browsing, sharing  use cases of readers
    feed_finder, desk, sources      use cases of admins: topics and feeds, one feed by itself;
    workbench                       drafts of topics;
    broadcasting, figures           messages to readers; how the bot is doing
    on_demand                       use case of anybody with a link or a text
"""
