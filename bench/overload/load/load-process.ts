/** Some classes of callers, in a process of their own. */
import { answerParent } from '../../rig/processes/answer-parent.ts';
import type { CrowdSpec } from './crowd-spec.ts';
import { runCrowd } from './run-crowd.ts';

answerParent((spec: CrowdSpec) => runCrowd(spec));
