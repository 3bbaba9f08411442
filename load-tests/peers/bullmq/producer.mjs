// Writes rows and pushes jobs, as told on stdin, one line each:
//   load FILE          reads messages (JSON lines) into memory
//   push               all of them, 100 at a time; says when the last is pushed
//   trickle RATE OUT   one by one on the beat; writes when each push was acknowledged to OUT
import { createInterface } from 'node:readline';
import { readFileSync, writeFileSync } from 'node:fs';
import { Queue } from 'bullmq';
import { connection, insert, openPool, queueName } from './common.mjs';

const BATCH = 100;
const pool = openPool();
const queue = new Queue(queueName(0), {
  connection,
  defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
});
let messages = [];

const nowMicros = () => Math.round((performance.timeOrigin + performance.now()) * 1000);
const sleepUntil = (at) => new Promise((resolve) => setTimeout(resolve, Math.max(0, at - performance.now())));

async function push() {
  for (let at = 0; at < messages.length; at += BATCH) {
    const batch = messages.slice(at, at + BATCH);
    await insert(pool, batch);
    await queue.addBulk(batch.map((data) => ({ name: 'send', data })));
  }
}

async function trickle(rate, out) {
  const started = performance.now() + 50;
  const pushed = [];
  await Promise.all(
    messages.map(async (message, n) => {
      await sleepUntil(started + (n * 1000) / rate);
      await insert(pool, [message]);
      await queue.add('send', message);
      pushed.push(JSON.stringify([message.wahaId, nowMicros()]));
    }),
  );
  writeFileSync(out, pushed.join('\n'));
}

async function obey([command, ...rest]) {
  if (command === 'load') messages = readFileSync(rest[0], 'utf8').trim().split('\n').map((line) => JSON.parse(line));
  else if (command === 'push') await push();
  else if (command === 'trickle') await trickle(Number(rest[0]), rest[1]);
  else throw new Error(`unknown command ${command}`);
  console.log('done');
}

await queue.waitUntilReady();
await pool.query('select 1');
console.log('ready');
for await (const line of createInterface({ input: process.stdin })) await obey(line.split(' '));
process.exit(0);
