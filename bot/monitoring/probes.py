"""What a supervisor and Prometheus ask, over HTTP on METRICS_LISTEN. Nobody is asked who they are: keep it inside."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

from aiohttp import web
from prometheus_client import GCCollector, PlatformCollector, ProcessCollector
from prometheus_client.aiohttp import make_aiohttp_handler

from bot.health import GATHERED
from bot.listening import listening
from bot.monitoring.lag import watching_lag
from bot.monitoring.lookout import Lookout
from bot.monitoring.metrics import Metrics
from bot.monitoring.status import Role, Status
from bot.settings import Settings
from digests.ports import Clock


class Probes:
    """The three answers."""

    def __init__(self, status: Status, lookout: Lookout, clock: Clock) -> None:
        self._status = status
        self._lookout = lookout
        self._clock = clock

    async def healthz(self, _request: web.Request) -> web.Response:
        """200: whoever can answer is alive. Restart what does not answer."""
        return web.json_response(
            {"alive": True, "role": self._status.role.value, "version": version("news-digest-bot")}
        )

    async def readyz(self, _request: web.Request) -> web.Response:
        """200 when this process does its part or could take over at once, 503 when it can't; and what it lacks."""
        found = await self._lookout.look()
        checks = {
            "telegram": self._status.role is not Role.STARTING,
            "database": found is not None,
            # Before the first good poll there is nothing to be late with; feeds that fail are told by the metrics.
            "gathering": found is not None
            and (
                found.feeds == 0 or found.last_success_at is None or self._clock() - found.last_success_at <= GATHERED
            ),
        }
        ready = all(checks.values())
        body = {"ready": ready, "role": self._status.role.value, "checks": checks}
        return web.json_response(body, status=200 if ready else 503)


@asynccontextmanager
async def monitored(settings: Settings, status: Status, metrics: Metrics, clock: Clock) -> AsyncIterator[int | None]:
    """Answer on METRICS_LISTEN until the block ends; gives the port. None, doing nothing, where it is not set.

    Raises:
        SettingsError: nobody can listen there.
    """
    if not settings.metrics_listen:
        yield None
        return
    lookout = Lookout(status, clock)
    metrics.registry.register(lookout)
    for collector in (ProcessCollector, PlatformCollector, GCCollector):
        collector(registry=metrics.registry)
    probes = Probes(status, lookout, clock)
    expose = make_aiohttp_handler(metrics.registry)

    async def exposed(request: web.Request) -> web.StreamResponse:
        await lookout.look()
        return await expose(request)

    app = web.Application()
    app.router.add_get("/healthz", probes.healthz)
    app.router.add_get("/readyz", probes.readyz)
    app.router.add_get("/metrics", exposed)
    async with listening("METRICS_LISTEN", settings.metrics_listen, app) as port, watching_lag(metrics.lag_seconds):
        yield port
