import type { Profiler } from 'node:inspector';
import { fileURLToPath } from 'node:url';
import { toLine } from '../report/markdown.ts';

const projectRoot = fileURLToPath(new URL('../../../', import.meta.url));
const functionsShown = 25;
/** Rooms with less than this share of the busy time are one row. */
const smallestRoom = 0.01;

interface Share {
  readonly name: string;
  readonly place: string;
  selfUs: number;
}

/** Where the time goes: self time by room and by function, as shares of the time the process was busy. */
export function renderProfile(
  title: string,
  profile: Profiler.Profile,
  operations: number,
  cpuSeconds: number,
): string {
  const shares = sumSelfTimes(profile);
  // The profiler itself is no part of the gateway.
  const busy = shares.filter(({ name, place }) => name !== '(idle)' && !place.startsWith('node:inspector'));
  const busyUs = sum(busy);
  const rooms = [...Map.groupBy(busy, toRoom)].map(([room, members]) => ({
    name: room,
    place: '',
    selfUs: sum(members),
  }));
  const perOperation = (us: number) => (us / operations).toFixed(0);
  const row = ({ name, place, selfUs }: Share) => [
    name === '' ? '(anonymous)' : name,
    place,
    `${((100 * selfUs) / busyUs).toFixed(1)} %`,
    (selfUs / operations).toFixed(1),
  ];
  const head = (first: string) => [
    toLine([first, 'where', 'of busy time', 'µs per operation']),
    toLine(['---', '---', '--:', '--:']),
  ];
  return [
    `**${title}.** ${operations} operations, ${perOperation(busyUs)} µs each on the main thread (waiting for a core that others have is in it), ${perOperation(cpuSeconds * 1e6)} µs of CPU on all threads, the profiler's own included.`,
    '',
    ...head('room or package'),
    ...joinSmall(byTime(rooms), busyUs * smallestRoom).map((room) => toLine(row(room))),
    '',
    ...head('function'),
    ...byTime(busy)
      .slice(0, functionsShown)
      .map((share) => toLine(row(share))),
  ].join('\n');
}

function sumSelfTimes({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): readonly Share[] {
  const shares = new Map<string, Share>();
  const byNode = new Map<number, Share>();
  for (const { id, callFrame } of nodes) {
    const place = callFrame.url === '' ? '' : `${toPlace(callFrame.url)}:${callFrame.lineNumber + 1}`;
    const key = `${callFrame.functionName} ${place}`;
    const share = shares.get(key) ?? { name: callFrame.functionName, place, selfUs: 0 };
    shares.set(key, share);
    byNode.set(id, share);
  }
  for (const [i, id] of samples.entries()) {
    const share = byNode.get(id);
    if (share !== undefined) share.selfUs += timeDeltas[i] ?? 0;
  }
  return [...shares.values()];
}

/** A file of ours from the root of the project, a package's from its name, or node's own. */
function toPlace(url: string): string {
  const path = url.startsWith('file:') ? fileURLToPath(url) : url;
  const inPackage = path.lastIndexOf('node_modules/');
  return inPackage === -1 ? path.replace(projectRoot, '') : path.slice(inPackage + 'node_modules/'.length);
}

/** The folder of ours, the package, or what the engine says it is doing. */
function toRoom({ name, place }: Share): string {
  if (place === '') return name === '(garbage collector)' ? name : '(native code and system calls)';
  if (place.startsWith('node:')) return place.replace(/(\/.*)?:\d+$/, '');
  if (place.startsWith('gateway/') || place.startsWith('bench/')) return place.replace(/\/[^/]*$/, '');
  return (/^(@[^/]+\/[^/]+|[^/]+)/.exec(place)?.[0] ?? place).replace(/:\d+$/, '');
}

/** All below a limit as one row at the end. */
function joinSmall(shares: readonly Share[], leastUs: number): readonly Share[] {
  const [large, small] = [
    shares.filter(({ selfUs }) => selfUs >= leastUs),
    shares.filter(({ selfUs }) => selfUs < leastUs),
  ];
  return [...large, { name: `(${small.length} others)`, place: '', selfUs: sum(small) }];
}

function byTime(shares: readonly Share[]): readonly Share[] {
  return shares.toSorted((a, b) => b.selfUs - a.selfUs);
}

function sum(shares: readonly Share[]): number {
  return shares.reduce((total, { selfUs }) => total + selfUs, 0);
}
