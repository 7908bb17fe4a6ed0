import type { FuzzCase } from '../cases/fuzz-case.ts';
import { judgeHttp, judgeSocket, type Tally } from '../judge-answer.ts';
import type { HttpLane } from './http-lane.ts';
import { sendFraming } from './send-framing.ts';
import { sendFrames, sendMessages } from './send-messages.ts';

/** Sends one case and judges all that comes back. Throws what is wrong with it. */
export async function sendCase(sent: FuzzCase, port: number, lane: HttpLane, tally: Tally): Promise<void> {
  switch (sent.road) {
    case 'POST':
    case 'GET':
    case 'stream by POST':
    case 'stream by GET':
      judgeHttp(await lane.ask(sent.bytes), tally);
      break;
    case 'framing':
      for (const answer of await sendFraming(port, sent.bytes)) judgeHttp(answer, tally);
      break;
    case 'messages':
      judgeSocket(await sendMessages(port, sent), tally);
      break;
    case 'frames':
      judgeSocket(await sendFrames(port, sent.bytes), tally);
      break;
    default:
      sent satisfies never;
  }
}
