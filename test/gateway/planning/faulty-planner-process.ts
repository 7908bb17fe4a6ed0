import { setTimeout as wait } from 'node:timers/promises';
import { servePlanner } from '../../../gateway/planning/serve-planner-process.ts';

// A planner that answers a question with itself, and has the faults that questions ask for.
servePlanner((sdl) => async (question: string) => {
  if (question.includes('DIE')) process.kill(process.pid, 'SIGABRT');
  while (question.includes('HANG'));
  if (question.includes('REFUSE')) throw new Error(`not on ${sdl}`);
  await wait(question.includes('SLOW') ? 150 : 1);
  return `${question} on ${sdl}`;
});
