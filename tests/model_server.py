"""A language model's endpoint on loopback: answers as a test says, or misbehaves."""

import asyncio
import json
from contextlib import asynccontextmanager

from aiohttp import web
from aiohttp.test_utils import TestServer


def completion(text, tokens=100):
    """An answer as the protocol has it."""
    return {
        "id": "1",
        "object": "chat.completion",
        "choices": [{"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": tokens - 10, "completion_tokens": 10, "total_tokens": tokens},
    }


class ModelServer:
    """answer: called with the request's JSON; gives the text to say, or a whole response. requests: all, in order."""

    def __init__(self, answer) -> None:
        self.answer = answer
        self.requests = []
        self.keys = []
        self.url = ""

    async def serve(self, request):
        asked = await request.json()
        self.requests.append(asked)
        self.keys.append(request.headers.get("Authorization"))
        said = self.answer(asked)
        if asyncio.iscoroutine(said):
            said = await said
        return web.json_response(completion(said)) if isinstance(said, str) else said


def told(asked):
    """What the request wants worded: the data of its message."""
    return json.loads(asked["messages"][-1]["content"])


@asynccontextmanager
async def model_server(answer):
    server = ModelServer(answer)
    app = web.Application()
    app.router.add_post("/v1/chat/completions", server.serve)
    async with TestServer(app) as running:
        server.url = str(running.make_url("/v1"))
        yield server
