import { type AttackLine, line } from './attack-line.ts';

const attacks = 'test/gateway/live/socket-attacks.test.ts';
const floods = 'test/gateway/live/socket-floods.test.ts';
const frames = 'test/gateway/live/socket-frames.test.ts';
const access = 'test/gateway/live/access.test.ts';
const socket = 'WebSocket';

export const overWebSocket: readonly AttackLine[] = [
  line('W03', 'no connection_init in time', '4408', socket, [attacks, 'no connection_init in time: 4408']),
  line('W04', 'subscribe before the acknowledgement', '4401', socket, [
    attacks,
    'subscribe before the acknowledgement: 4401',
  ]),
  line('W05', 'two connection_init', '4429', socket, [attacks, 'two inits: 4429']),
  line('W07', 'no JSON, binary, unknown types, no id', '4400', socket, [attacks, 'binary: 4400']),
  line('W08', 'a message of 65 KB', '1009', socket, [attacks, '65 KB: 1009']),
  line('W09', 'a frame that announces 100 MB', '1009 before any of it has come', socket, [
    frames,
    'a header that announces 100 MB',
  ]),
  line('W11', '10,000 pings', '1008', socket, [floods, '10,000 pings of the protocol']),
  line('W12', '10,000 subscriptions', 'the one too many is refused, a flood is 1008', socket, [
    floods,
    '10,000 subscriptions on a socket',
  ]),
  line(
    'W13',
    '100,000 times subscribe and complete',
    'every place is given back',
    socket,
    [floods, '2,000 subscribe/complete cycles'],
    ['test/gateway/live/socket-cycles.long.test.ts', '100,000 subscribe/complete cycles'],
  ),
  line(
    'W15',
    'a client that stops reading',
    'a bounded queue, then 1013; nobody else notices',
    'WebSocket, stream',
    ['test/gateway/live/full-rate.test.ts', 'W15'],
    [floods, 'one that stops reading at 1,000 events a second'],
  ),
  line('W16', 'a pulled cable', 'ended after two pings', socket, [floods, 'a pulled cable']),
  line(
    'W17',
    'another origin, with the victim’s cookie',
    '403',
    socket,
    [floods, 'a page of another origin is refused'],
    [attacks, 'a page of another origin gets 403'],
  ),
  line(
    'W19',
    'a proof that ends, or a role that is lost',
    'nothing comes after; 4403 when nothing is left',
    'WebSocket, stream',
    [access, 'W19'],
    [access, 'a role that is lost'],
  ),
  line(
    'W20',
    'A01 to A36',
    'the same verdicts',
    socket,
    ['test/attacks/attacks.test.ts', 'roadNames'],
    ['test/attacks/roads.ts', "'WebSocket'"],
  ),
  line('W21', '100 KB of Sec-WebSocket-Protocol', '431', socket, [attacks, 'a huge Sec-WebSocket-Protocol is 431']),
  line(
    'W23',
    'cursors from elsewhere',
    'a snapshot of one’s own, or BAD_USER_INPUT',
    'WebSocket',
    ['test/e2e/live-stock.test.ts', 'a cursor that is from nowhere'],
    ['test/db/change-feed/cursor.test.ts', 'to whom it was made for only'],
  ),
  line(
    'W24',
    'a place that one may not see',
    'FORBIDDEN',
    'WebSocket, stream',
    [access, 'W24'],
    ['test/e2e/two-persons.test.ts', 'TillStock'],
  ),
  line('W25', 'permessage-deflate', 'not negotiated', socket, [attacks, 'compression is not negotiated']),
  line('W27', 'reserved bits, bad codes, unmasked frames', '1002', socket, [
    frames,
    'frames that the protocol forbids',
  ]),
];
