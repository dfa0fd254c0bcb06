/** Passes connections on, each piece a second later in either direction. Arguments: own port, address and port to reach. */
import { connect, createServer, type Socket } from 'node:net';

const delayMs = 1_000;
const [own = '', address = '', port = ''] = process.argv.slice(2);

const pass = (from: Socket, to: Socket): void => {
  from.on('data', (piece) => setTimeout(() => to.write(piece), delayMs));
  from.on('close', () => setTimeout(() => to.destroy(), delayMs));
  from.on('error', () => {});
};

createServer((coming) => {
  const going = connect(Number(port), address);
  pass(coming, going);
  pass(going, coming);
}).listen(Number(own), '127.0.0.1', () => console.log('listening'));
