"""Writes rows and pushes jobs, as told on stdin, one line each:

load FILE          reads messages (JSON lines) into memory
push               all of them, 100 at a time; says when the last is pushed
trickle RATE OUT   one by one on the beat; writes when each push was acknowledged to OUT
"""

import asyncio
import json
import sys
import time

import uvloop

from common import insert, open_pool, queue

BATCH = 100
# Tried once, gone when done.
JOB = {"retries": 1, "timeout": 60, "ttl": -1}


async def push(pool, jobs, messages):
    for at in range(0, len(messages), BATCH):
        batch = messages[at : at + BATCH]
        await insert(pool, batch)
        await asyncio.gather(*(jobs.enqueue("send", message=message, **JOB) for message in batch))


async def trickle(pool, jobs, messages, rate, out):
    started, pushed = time.monotonic() + 0.05, []

    async def one(n, message):
        await asyncio.sleep(max(0.0, started + n / rate - time.monotonic()))
        await insert(pool, [message])
        await jobs.enqueue("send", message=message, **JOB)
        pushed.append(json.dumps([message["wahaId"], time.time_ns() // 1000]))

    await asyncio.gather(*(one(n, message) for n, message in enumerate(messages)))
    with open(out, "w", encoding="utf-8") as file:
        file.write("\n".join(pushed))


async def main():
    pool, jobs, messages = await open_pool(), queue(0), []
    await jobs.connect()
    print("ready", flush=True)
    while line := await asyncio.to_thread(sys.stdin.readline):
        command, *rest = line.split()
        if command == "load":
            with open(rest[0], encoding="utf-8") as file:
                messages = [json.loads(line) for line in file]
        elif command == "push":
            await push(pool, jobs, messages)
        elif command == "trickle":
            await trickle(pool, jobs, messages, float(rest[0]), rest[1])
        else:
            raise ValueError(command)
        print("done", flush=True)


uvloop.run(main())
