/** For a test: tries each way to reach a listener at a port and at a path, and prints those that reached it. `bare` leaves the cleaner's own refusal out. */
const [, , port, path = '', how] = process.argv;
if (how !== 'bare') await import('../../../../src/platform/files/cleaner/no-network.ts');

const { default: dgram } = await import('node:dgram');
const { default: dns } = await import('node:dns');
const { default: http } = await import('node:http');
const { default: net } = await import('node:net');

const host = '127.0.0.1';
const ended = (socket: InstanceType<typeof net.Socket>): Promise<unknown> =>
  new Promise((done, fail) => socket.once('data', done).once('error', fail));

const ways: Readonly<Record<string, () => Promise<unknown>>> = {
  tcp: () => ended(net.connect(Number(port), host)),
  socket: () => ended(new net.Socket().connect(Number(port), host)),
  http: () => new Promise((done, fail) => http.get(`http://${host}:${port}/`, done).on('error', fail)),
  fetch: () => fetch(`http://${host}:${port}/`),
  listen: () =>
    new Promise((done, fail) =>
      net
        .createServer()
        .once('error', fail)
        .listen(0, host, () => done(0)),
    ),
  udp: () =>
    new Promise((done, fail) =>
      dgram.createSocket('udp4').send('x', Number(port), host, (error) => (error ? fail(error) : done(0))),
    ),
  resolve: () =>
    dns.promises.resolve('localhost.invalid').catch((error) => {
      if (error.code !== 'ENOTFOUND') throw error; // Nobody was asked.
    }),
  path: () => ended(net.connect(path)),
};

const reached: string[] = [];
for (const [name, reach] of Object.entries(ways)) {
  try {
    await reach();
    reached.push(name);
  } catch {
    // It is refused, as it must be.
  }
}
process.stdout.write(reached.join(' '), () => process.exit(0));
