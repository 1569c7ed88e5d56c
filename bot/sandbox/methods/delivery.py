"""Methods about how updates reach the bot: polling, webhook, the end of a session."""

import ipaddress
import re
from urllib.parse import urlsplit

from bot.sandbox.errors import BadRequestError
from bot.sandbox.methods.base import Method, MethodCall
from bot.sandbox.model import JsonObject
from bot.sandbox.updates import LARGEST_BATCH
from bot.sandbox.webhook import WebhookSettings
from bot.sandbox.wire import timestamp

_SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")
MAX_CONNECTIONS = 100
"""The most connections a webhook can ask for."""
DEFAULT_CONNECTIONS = 40
"""Connections of a webhook that does not say."""


def _allow(call: MethodCall) -> None:
    """Stores allowed_updates where the call has them; otherwise the earlier setting stays."""
    kinds = call.params.json("allowed_updates")
    if isinstance(kinds, list):
        call.delivery.queue.allow([str(kind) for kind in kinds])


async def get_updates(call: MethodCall) -> object:
    """GetUpdates; limits out of range count as the largest."""
    params = call.params
    _allow(call)
    limit = params.integer("limit", LARGEST_BATCH)
    updates = await call.delivery.queue.poll(
        offset=params.integer("offset"),
        limit=limit if 1 <= limit <= LARGEST_BATCH else LARGEST_BATCH,
        seconds=max(params.integer("timeout"), 0),
    )
    return [update.to_json() for update in updates]


def _checked_url(url: str) -> str:
    """A webhook on this machine, the only one reached; plain HTTP is fine, as for a local Bot API server."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise BadRequestError("bad webhook: An HTTPS URL must be provided for webhook")
    try:
        local = parts.hostname == "localhost" or ipaddress.ip_address(parts.hostname).is_loopback
    except ValueError:
        local = False
    if not local:
        raise BadRequestError("bad webhook: Failed to resolve host: Name or service not known")
    return url


async def set_webhook(call: MethodCall) -> object:
    """SetWebhook; an empty URL removes it."""
    params = call.params
    secret = params.string("secret_token")
    if not _SECRET.fullmatch(secret):
        raise BadRequestError("secret token contains unallowed characters")
    if params.flag("drop_pending_updates"):
        call.delivery.queue.pending.clear()
    _allow(call)
    url = params.string("url")
    if not url:
        await call.delivery.remove_webhook()
        return True
    certificate = params.upload("certificate")
    connections = params.integer("max_connections", DEFAULT_CONNECTIONS)
    settings = WebhookSettings(
        url=_checked_url(url),
        secret=secret,
        max_connections=min(max(connections, 1), MAX_CONNECTIONS),
        certificate=certificate.data.decode("ascii", "replace") if certificate else "",
    )
    await call.delivery.set_webhook(settings)
    return True


async def delete_webhook(call: MethodCall) -> object:
    """DeleteWebhook."""
    await call.delivery.remove_webhook()
    if call.params.flag("drop_pending_updates"):
        call.delivery.queue.pending.clear()
    return True


def get_webhook_info(call: MethodCall) -> object:
    """GetWebhookInfo."""
    queue, sender = call.delivery.queue, call.delivery.sender
    result: JsonObject = {"url": "", "has_custom_certificate": False, "pending_update_count": len(queue.pending)}
    if sender is not None:
        result |= {
            "url": sender.settings.url,
            "has_custom_certificate": bool(sender.settings.certificate),
            "max_connections": sender.settings.max_connections,
        }
        if sender.last_error_at is not None:
            result |= {"last_error_date": timestamp(sender.last_error_at), "last_error_message": sender.last_error}
    if queue.allowed is not None:
        result["allowed_updates"] = sorted(queue.allowed)
    return result


async def end_session(call: MethodCall) -> object:
    """LogOut and close: a waiting poll ends."""
    call.delivery.queue.end_poll("terminated by other getUpdates request")
    return True


METHODS = (
    Method("getUpdates", get_updates),
    Method("setWebhook", set_webhook),
    Method("deleteWebhook", delete_webhook),
    Method("getWebhookInfo", get_webhook_info),
    Method("logOut", end_session),
    Method("close", end_session),
)
