import { type FrameParts, toFrame } from '../../gateway/live/raw-socket.ts';
import type { Choices } from '../choices.ts';
import { nastyNames, someText } from '../documents/nasty-texts.ts';
import { writeDocument } from '../documents/write-document.ts';
import type { FuzzCase } from './fuzz-case.ts';
import type { FuzzTarget } from './write-request.ts';

/** A conversation by the protocol of GraphQL over WebSocket: nearly always one that begins as it must. */
export function writeMessages(target: FuzzTarget, choices: Choices): FuzzCase {
  const texts: string[] = [];
  const awaited = new Set<string>();
  const proof = choices.pick(target.proofs);
  const init = JSON.stringify({ type: 'connection_init', payload: { authorization: proof } });
  const greeting = choices.oneIn(24) ? undefined : textFrame(init);
  const count = choices.oneIn(40) ? 70 : 1 + choices.below(8);
  for (let left = count; left > 0; left--) {
    if (choices.oneIn(6)) texts.push(oddMessage(choices));
    else {
      const id = choices.oneIn(20) ? choices.pick([...nastyNames, '', '1']) : `o${texts.length}`;
      const { query, variables, operationName } = writeDocument(target.schema, choices, target.salt);
      const name = operationName === undefined ? '' : `,"operationName":${JSON.stringify(operationName)}`;
      const payload = `{"query":${JSON.stringify(query)}${variables === undefined ? '' : `,"variables":${variables}`}${name}}`;
      texts.push(`{"id":${JSON.stringify(id)},"type":"subscribe","payload":${payload}}`);
      // A feed may have nothing to say yet.
      if (!query.includes('subscription')) awaited.add(id);
    }
  }
  for (const text of texts) if (text.includes('"complete"')) awaited.clear(); // given up by the client
  return { road: 'messages', greeting, bytes: Buffer.concat(texts.map(textFrame)), awaited };
}

function textFrame(text: string): Buffer {
  return toFrame({ opcode: 1, payload: Buffer.from(text) });
}

function oddMessage(choices: Choices): string {
  return choices.pick([
    '{"type":"ping"}',
    '{"type":"pong","payload":{"a":1}}',
    '{"type":"ping","payload":{"authorization":"x"}}',
    '{"type":"ping","payload":[1]}',
    '{"type":"complete","id":"o1"}',
    '{"type":"complete","id":"none"}',
    '{"type":"complete","id":"__proto__"}',
    '{"type":"connection_init"}',
    '{"type":"connection_init","payload":1}',
    '{"type":"connection_ack"}',
    '{"type":"next","id":"o1","payload":{}}',
    '{"type":"subscribe"}',
    '{"type":"subscribe","id":"a"}',
    '{"type":"subscribe","id":"a","payload":null}',
    '{"type":"subscribe","id":"a","payload":{"query":1}}',
    '{"type":"subscribe","id":"a","payload":{"query":"{__typename}","variables":[]}}',
    '{"type":"subscribe","id":"a","payload":{"query":"{__typename}","extensions":1}}',
    '{"type":"subscribe","id":"a","payload":{"documentId":"x"}}',
    '{"type":"subscribe","id":"__proto__","payload":{"query":"{__typename}"}}',
    '{"type":"subscribe","id":1,"payload":{"query":"{__typename}"}}',
    '{"type":"start","id":"a","payload":{"query":"{__typename}"}}',
    '{"type":"__proto__"}',
    '{"type":1}',
    '{',
    'null',
    '[]',
    '"x"',
    '',
    '{"type":"ping","type":"pong"}',
    `{"type":"ping","payload":{"a":"${'x'.repeat(70_000)}"}}`,
    `${'['.repeat(20_000)}`,
  ]);
}

/** Frames as they must not be, and some as they must. */
export function writeFrames(choices: Choices): FuzzCase {
  const init = textFrame('{"type":"connection_init"}');
  const frames = choices.some(8, () =>
    choices.oneIn(10) ? Buffer.from(choices.some(40, () => choices.below(256))) : toFrame(oneFrame(choices)),
  );
  return { road: 'frames', bytes: Buffer.concat([...(choices.oneIn(3) ? [] : [init]), ...frames]) };
}

function oneFrame(choices: Choices): FrameParts {
  const opcode = choices.pick([1, 1, 0, 2, 8, 9, 10, 3, 7, 11, 15]);
  const payload = choices.oneIn(2)
    ? Buffer.from(
        choices.pick([
          '{"type":"ping"}',
          '{"id":"a","type":"subscribe","payload":{"query":"{__typename}"}}',
          someText(choices),
        ]),
      )
    : Buffer.from(choices.some(140, () => choices.below(256)));
  return {
    opcode,
    payload,
    isFinal: !choices.oneIn(5),
    reserved: choices.oneIn(8) ? choices.below(8) : 0,
    isMasked: !choices.oneIn(10),
    ...(choices.oneIn(10)
      ? { announcedBytes: choices.pick([0, 1, 125, 126, 65_536, 65_537, 100_000_000, 2 ** 40]) }
      : {}),
  };
}
