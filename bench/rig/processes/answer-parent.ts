import type { Reply } from './start-child.ts';

interface Question {
  readonly id: number;
  readonly question: unknown;
}

/** Answers the bench's questions, in a process that it started. A question that fails is answered with its error. */
export function answerParent<Asked>(answer: (question: Asked) => unknown): void {
  process.on('message', ({ id, question }: Question) => {
    void reply(id, answer, question as Asked);
  });
  // end-with-parent.ts has let go of the channel, so that a peer without work may end; who answers stays.
  process.channel?.ref();
}

async function reply<Asked>(id: number, answer: (question: Asked) => unknown, question: Asked): Promise<void> {
  const send = (message: Reply) => process.send?.(message);
  try {
    send({ id, answer: await answer(question) });
  } catch (error) {
    send({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}
