"""Every metric, by the conventions of Prometheus (prometheus.io/docs/practices/naming): base units, counters _total.

Labels have few values, all of them known words: never an address, a number of a chat, or what people wrote.
"""

from importlib.metadata import version

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

NAMESPACE = "newsdigest"

_QUICK = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
"""Seconds, for the event loop."""

_SLOW = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""Seconds, for calls and pieces of work; the longest of these are given up after 30."""


class Metrics:
    """What one process counts. Each has a registry of its own, so that several bots in one process stay apart."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry(auto_describe=True)
        self.polls = self._counter(
            "polls", "Feeds polled, by what came of it: changed, unchanged, or the fault", "result"
        )
        self.entries = self._counter("entries", "Entries that feeds brought: new, or edited since", "kind")
        self.articles = self._counter(
            "articles",
            "Entries read: read (an article), known (elsewhere already), unreadable, postponed; and articles revised",
            "result",
        )
        self.summaries = self._counter("summaries", "Texts summarized, gathered or on demand")
        self.work = self._counter("work", "Pieces of work of the worker processes", "work", "result")
        self.work_seconds = self._histogram(
            "work_seconds", "From handing a piece of work over to its end", _SLOW, "work"
        )
        self.retellings = self._counter(
            "retellings",
            "Texts that the language model was asked for: accepted, rejected by the checks, or failed",
            "kind",
            "result",
        )
        self.model_tokens = self._counter("model_tokens", "Tokens that the language model's answers cost")
        self.sends = self._counter(
            "sends", "Messages of editions, notices and broadcasts, by what came of it", "result"
        )
        self.requests = self._counter("telegram_requests", "Requests to Telegram", "method", "result")
        self.request_seconds = self._histogram(
            "telegram_request_seconds", "Until Telegram answered a request, polling left out", _SLOW
        )
        self.flood_waits = self._counter("flood_waits", "Answers of Telegram that ask to wait")
        self.flood_wait_seconds = self._counter("flood_wait_seconds", "Seconds that Telegram asked to wait")
        self.updates = self._counter("updates", "Updates taken from Telegram", "kind")
        self.update_failures = self._counter("update_failures", "Updates whose handling ended in an unexpected error")
        self.updates_waiting = self._gauge("updates_waiting", "Updates that are being handled or wait for it")
        self.webhook_requests = self._counter("webhook_requests", "Requests to the webhook", "status")
        self.jobs = self._counter(
            "jobs", "Timed jobs: done, failed, or skipped as the one before went on", "job", "result"
        )
        self.lag_seconds = self._histogram("event_loop_lag_seconds", "How late the event loop woke a sleeper", _QUICK)
        self.active = self._gauge("active", "1 in the process that polls and sends, 0 in one that waits for its turn")
        self.build = self._gauge("build_info", "The version that runs, as a label", "version")
        self.build.labels(version("news-digest-bot")).set(1)

    def _counter(self, name: str, text: str, *labels: str) -> Counter:
        return Counter(name, text, labels, namespace=NAMESPACE, registry=self.registry)

    def _gauge(self, name: str, text: str, *labels: str) -> Gauge:
        return Gauge(name, text, labels, namespace=NAMESPACE, registry=self.registry)

    def _histogram(self, name: str, text: str, buckets: tuple[float, ...], *labels: str) -> Histogram:
        return Histogram(name, text, labels, namespace=NAMESPACE, registry=self.registry, buckets=buckets)
