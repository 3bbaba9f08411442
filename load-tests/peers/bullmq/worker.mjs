// Takes jobs, posts each text to the stub, and writes down that it was sent. QUEUES workers in this process.
import { Worker } from 'bullmq';
import { Pool } from 'undici';
import { connection, openPool, queueName, updateSingly, updateTogether } from './common.mjs';

const queues = Number(process.env.QUEUES);
const concurrency = Number(process.env.CONCURRENCY);
const pool = openPool();
const update = process.env.TOGETHER === '1' ? updateTogether(pool) : updateSingly(pool);
const stub = new Pool(process.env.STUB_URL, { connections: 50 });
const headers = { 'content-type': 'application/json', accept: 'application/json', 'x-api-key': '' };

async function send({ data }) {
  const { id, session, chatId, text, wahaId } = data;
  const body = JSON.stringify({ session, chatId, text, linkPreview: true, id: wahaId });
  const answer = await stub.request({ path: '/api/sendText', method: 'POST', headers, body });
  const sent = await answer.body.json();
  if (answer.statusCode !== 201) throw new Error(`the stub answered ${answer.statusCode}`);
  await update(id, sent.key.id);
}

const workers = [];
for (let n = 0; n < queues; n += 1) workers.push(new Worker(queueName(n), send, { connection, concurrency }));
workers.forEach((worker) => worker.on('failed', (job, error) => console.error(error)));
await Promise.all(workers.map((worker) => worker.waitUntilReady()));
console.log('ready');
process.on('SIGTERM', () => process.exit(0));
