/**
 * Refuses every connection that JavaScript of this process can ask for. It holds against a library that connects, not
 * against somebody who runs machine code here: that is what the isolation around this process is for (isolation.ts).
 */
import dgram from 'node:dgram';
import dns from 'node:dns';
import net from 'node:net';

const refuseConnection = (): never => {
  throw Object.assign(new Error('The cleaner has no network'), { code: 'ERR_ACCESS_DENIED' });
};

function blockFunctions(holder: object, names: readonly string[]): void {
  for (const name of names)
    Object.defineProperty(holder, name, { value: refuseConnection, writable: false, configurable: false });
}

blockFunctions(net.Socket.prototype, ['connect']);
blockFunctions(net.Server.prototype, ['listen']);
blockFunctions(net, ['connect', 'createConnection', '_createServerHandle']);
blockFunctions(dgram, ['createSocket', '_createSocketHandle']);
blockFunctions(dgram.Socket.prototype, ['bind', 'connect', 'send', 'sendto']);
const lookups = (holder: object): string[] =>
  Object.getOwnPropertyNames(holder).filter((name) => /^(?:lookup|resolve|reverse)/.test(name));
for (const holder of [dns, dns.promises, dns.Resolver.prototype, dns.promises.Resolver.prototype])
  blockFunctions(holder, lookups(holder));
for (const name of ['fetch', 'WebSocket', 'EventSource']) if (name in globalThis) blockFunctions(globalThis, [name]);
