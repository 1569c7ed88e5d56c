"""Use cases of the clock. They call the stages in order and decide nothing themselves.

gathering                polls the feeds that are due, and has what they brought read
reading                  has a worker make an article of an entry, and files it into its story and topics
matching                 which topics an article belongs to: what is weighed, then what rules say
regrouping               compares the stories of a day again, before digests are built
retelling                asks a language model for what readers are likely to get, where there is one
dispatching              has workers on any machine do all this, by the queue in the store
planning                 puts the editions that are due into the outbox, once for all who get the same:
cohorts, composing       who they are, and what they get, composed here or in processes beside
notices                  puts what readers want to hear at once into the outbox
publishing               hands over what is in the outbox, and has digests composed that are asked for:
one_reader               what one reader gets, of the few stories that they could be told
books, logbook           what many store at one moment is one transaction
watching                 tells admins of feeds that are broken, or well again
pruning                  forgets what is old
"""
