"""The news: from feeds to digests. Knows nothing of Telegram, of schedulers, of environment variables.

One direction, one frozen type for each stage (`digests.model`):

    Feed --gather.fetch--> Response --gather.feeds--> Entry          a feed, polled
         --gather.fetch, extract--> Page --extract.article--> Article   its page, read
         --summarize--> Summary --curate.fingerprint--> ReadArticle     one worker's piece: digests.reading
         --curate.stories, curate.topics--> Story                    told with others, put into topics
         --curate.regroup, curate.across--> Story                    compared again, across languages too
         --curate.ranking, offer--> Ranked --compose--> Digest       what one edition says
         --Renderer port, store.outbox--> Delivery --Sender port-->  the reader

`pipeline` holds the use cases of the clock: it calls the stages in order and decides nothing itself.
`subscribers`, `browsing` and `sharing` hold those of readers; `desk`, `sources`, `workbench`, `staff`, `broadcasting`
and `figures` those of admins; `places` those of groups and channels; `on_demand` those of anybody with a link.
`store` is the only place with SQL; `ports` is what the outside has to provide; `errors` is the tree of what goes wrong.
"""
