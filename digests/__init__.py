"""The news: from feeds to digests. Knows nothing of Telegram, of schedulers, of environment variables.

One direction, one frozen type per stage (`digests.model`):

    Feed --gather/fetch--> Response --gather/feeds--> Entry
         --extract--> Page --> Article --summarize--> Summary
         --curate/stories--> Story --curate/ranking, compose--> Digest
         --store (outbox)--> Delivery --Sender port--> the reader

`pipeline` calls the stages in order and decides nothing itself; `subscribers` and `desk` are the use cases of people.
"""
