/** One database server for all parts of the assurance: the databases that others are copied from are made once. */
import { reachServer, type Server } from '../../scripts/test-server.ts';

let shared: Promise<Server> | undefined;

/** The server of this process, started at the first call, and its address in the environment. */
export async function shareServer(): Promise<Server> {
  shared ??= reachServer();
  const server = await shared;
  process.env.SAFELIGHT_TEST_SERVER = server.address;
  return server;
}

/** For the end of the process, which otherwise leaves the server running. */
export async function stopSharedServer(): Promise<void> {
  const server = await shared;
  shared = undefined;
  await server?.stop();
}
