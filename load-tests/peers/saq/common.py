"""What producer and worker share: where Postgres and Redis are, and the two writes of a message's row."""

import asyncio
import os

import asyncpg
from redis import asyncio as aioredis
from saq.queue.redis import RedisQueue

UPDATE = "update ledger set state = 'sent', waha_id = $2, sent_at = now() where id = $1"
UPDATE_MANY = """update ledger l set state = 'sent', waha_id = x.waha_id, sent_at = now()
    from unnest($1::uuid[], $2::text[]) as x (id, waha_id) where l.id = x.id"""
INSERT_MANY = """insert into ledger (id, chat_id, body, state)
    select id, chat_id, body, 'queued' from unnest($1::uuid[], $2::text[], $3::text[]) as x (id, chat_id, body)"""


async def open_pool():
    """asyncpg reads PGHOST, PGPORT, PGUSER and PGDATABASE."""
    return await asyncpg.create_pool(min_size=1, max_size=20)


def queue(n):
    """The n-th queue."""
    redis = aioredis.Redis(unix_socket_path=os.environ["REDIS_SOCKET"])
    return RedisQueue(redis, name=f"messages{n}")


async def insert(pool, messages):
    """Rows of these messages, before they are pushed."""
    ids, chats, texts = ([m[key] for m in messages] for key in ("id", "chatId", "text"))
    await pool.execute(INSERT_MANY, list(ids), list(chats), list(texts))


class Together:
    """The row after the send; what ends while a statement is under way shares the next one."""

    def __init__(self, pool):
        self.pool, self.waiting, self.busy = pool, [], False

    async def update(self, row_id, waha_id):
        done = asyncio.get_running_loop().create_future()
        self.waiting.append((row_id, waha_id, done))
        if not self.busy:
            await self.write()
        await done

    async def write(self):
        self.busy = True
        while self.waiting:
            batch, self.waiting = self.waiting[:100], self.waiting[100:]
            try:
                await self.pool.execute(UPDATE_MANY, [row[0] for row in batch], [row[1] for row in batch])
                for row in batch:
                    row[2].set_result(None)
            except Exception as error:  # every one of them has to hear of it
                for row in batch:
                    row[2].set_exception(error)
        self.busy = False
