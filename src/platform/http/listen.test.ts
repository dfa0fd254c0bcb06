import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import Fastify from 'fastify';
import { listen } from './listen.ts';

test('a connection is answered whichever socket accepts it; all sockets close with the app', async () => {
  const app = Fastify({ forceCloseConnections: true });
  app.get('/', async () => 'in');
  const port = await listen(app, 0, '127.0.0.1');
  const answers = await Promise.all(
    Array.from({ length: 100 }, async () => {
      const knock = connect(port, '127.0.0.1');
      knock.write('GET / HTTP/1.1\r\nhost: here\r\nconnection: close\r\n\r\n');
      let answer = '';
      knock.on('data', (piece) => {
        answer += piece;
      });
      await once(knock, 'close');
      return answer.endsWith('in');
    }),
  );
  assert.ok(answers.every(Boolean));
  await app.close();
  const late = connect(port, '127.0.0.1');
  const [error] = (await once(late, 'error')) as [NodeJS.ErrnoException];
  assert.equal(error.code, 'ECONNREFUSED');
});
