"""Takes jobs, posts each text to the stub, and writes down that it was sent. QUEUES workers in this process."""

import asyncio
import os

import aiohttp
import uvloop
from saq import Worker

from common import UPDATE, Together, open_pool, queue

# Its sweeper takes jobs that were fetched a moment ago for stuck ones and aborts them: not while we measure.
TIMERS = {"sweep": 3600}
HEADERS = {"accept": "application/json", "x-api-key": ""}


async def main():
    pool = await open_pool()
    together = Together(pool) if os.environ["TOGETHER"] == "1" else None
    connector = aiohttp.TCPConnector(limit=50, keepalive_timeout=60)
    http = aiohttp.ClientSession(os.environ["STUB_URL"], connector=connector, headers=HEADERS)

    async def send(_context, *, message):
        body = {key: message[key] for key in ("session", "chatId", "text")}
        body |= {"linkPreview": True, "id": message["wahaId"]}
        async with http.post("/api/sendText", json=body) as answer:
            answer.raise_for_status()
            sent = await answer.json()
        if together:
            await together.update(message["id"], sent["key"]["id"])
        else:
            await pool.execute(UPDATE, message["id"], sent["key"]["id"])

    concurrency = int(os.environ["CONCURRENCY"])
    queues = [queue(n) for n in range(int(os.environ["QUEUES"]))]
    workers = [Worker(jobs, [("send", send)], concurrency=concurrency, timers=TIMERS) for jobs in queues]
    running = [asyncio.create_task(worker.start()) for worker in workers]
    print("ready", flush=True)
    await asyncio.gather(*running)


uvloop.run(main())
