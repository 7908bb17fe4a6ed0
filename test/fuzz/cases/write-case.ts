import { createChoices } from '../choices.ts';
import type { FuzzCase } from './fuzz-case.ts';
import { writeFraming } from './write-framing.ts';
import { type FuzzTarget, writeRequest } from './write-request.ts';
import { writeFrames, writeMessages } from './write-socket.ts';

/** The case that some bytes stand for. */
export function writeCase(target: FuzzTarget, bytes: Uint8Array): FuzzCase {
  const choices = createChoices(bytes);
  switch (choices.below(16)) {
    case 12:
    case 13:
      return writeMessages(target, choices);
    case 14:
      return writeFraming(choices);
    case 15:
      return writeFrames(choices);
    default:
      return writeRequest(target, choices);
  }
}
