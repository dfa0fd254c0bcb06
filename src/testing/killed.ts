/** Starts a server as a process of its own, to be killed: addresses by the environment, its port on its first line. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

export async function startToKill(file: string, addresses: unknown): Promise<{ url: string; child: ChildProcess }> {
  const child = spawn(process.execPath, [file], {
    env: { ...process.env, HOUSE_ADDRESSES: JSON.stringify(addresses) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const died = once(child, 'exit').then(([code]) => {
    throw new Error(`the server ended by itself with ${code}`);
  });
  died.catch(() => {}); // Later it is killed, and should be.
  const [port] = await Promise.race([once(child.stdout as NodeJS.ReadableStream, 'data'), died]);
  return { url: `http://127.0.0.1:${String(port).trim()}`, child };
}
