/** The clients, in a process of their own. */
import { answerParent } from '../../rig/processes/answer-parent.ts';
import { Crowd } from './crowd.ts';
import type { CrowdQuestion } from './crowd-questions.ts';

const crowd = new Crowd();

answerParent((question: CrowdQuestion) => {
  switch (question.ask) {
    case 'open':
      return crowd.open(question.port, question.count, question.atOnce, question.deadlineMs);
    case 'begin':
      return crowd.begin();
    case 'counts':
      return crowd.counts();
    case 'catch-up':
      return crowd.catchUp(question.sequence, question.deadlineMs);
    case 'cut':
      return crowd.cut();
    case 'reopen':
      return crowd.reopen(question.port, question.sequence, question.deadlineMs);
    case 'close':
      return crowd.close();
    default:
      return question satisfies never;
  }
});
