import type { Transaction } from 'kysely';
import type { Change } from '../../../db/change-feed/position.ts';
import type { InventoryDatabase } from '../../../db/tables/inventory.ts';
import type { RuleChangePayload, ThresholdChangePayload } from '../channel-rules/announce-rule.ts';
import { readStockChange, stockTopic } from '../feed/stock-change.ts';
import { levelKeyText } from '../level-key.ts';
import type { StockLevelParent } from '../parents.ts';
import { AlertBook, type Moment } from './alert-book.ts';
import { findUnmetPromises } from './find-unmet-promises.ts';
import { readQuotaExcess, readSamples } from './read-samples.ts';
import { listChannelSubjects, listSubjects, readWatch } from './read-watch.ts';
import { type AlertSubject, alertSubjectText, type StockAlert } from './stock-alert.ts';

/**
 * What becomes of alerts by changes, in the order of the feed, all judged by the thresholds that are in force. Levels are judged by every version that the
 * feed tells of, also those that one transaction made and left again; with a threshold comes a look at the level as it was at that place. A channel's number is no
 * row that could be told of: it is read once for all changes at hand, after the last.
 *
 * @param others subjects to look at besides, as they are now
 */
export async function decideAlerts(
  trx: Transaction<InventoryDatabase>,
  changes: readonly Change[],
  end: Moment,
  others: readonly AlertSubject[] = [],
): Promise<readonly StockAlert[]> {
  const news = changes.map((change) => ({ change, ...readChange(change) }));
  const rules = news.flatMap((each) => each.rules);
  const levels = news.flatMap(({ versions }) => versions);
  const quotas = [...others, ...rules.map(toSubject)].filter(
    ({ scope, sku }) => scope.kind === 'CHANNEL' && sku !== '',
  );
  const ruled = await listSubjects(trx, rules.map(toSubject));
  const sampled = [...others, ...ruled, ...(await listChannelSubjects(trx, levels.map(toLevelKey)))];
  const watch = await readWatch(trx, [...sampled, ...quotas, ...levels.map(levelSubject)]);
  const samples = await readSamples(trx, distinct(sampled), end.sequence);
  const short = [...levels.map((level) => ({ ...toLevelKey(level), shortfall: level.shortfall })), ...shortOthers()];
  const promises = await findUnmetPromises(trx, lastOfEach(short));
  const book = new AlertBook(watch.open);

  for (const { change, rules: own, versions } of news) {
    const moment = { at: change.recordedAt, sequence: change.number };
    for (const subject of ruled) if (own.some((rule) => isOfLocation(subject, rule))) seeSample(subject, moment);
    for (const level of versions) {
      book.see(levelSubject(level), level.sellable, watch.thresholdOf(levelSubject(level)), moment);
    }
    // Within a transaction a fact and its settlement may pass through a shortfall that nobody ever saw.
    const last = versions.at(-1);
    if (last !== undefined) seeShortfall(levelSubject(last), last.shortfall, moment);
  }
  for (const subject of distinct([...others, ...sampled.filter(({ scope }) => scope.kind === 'CHANNEL')])) {
    seeSample(subject, end);
  }
  for (const subject of others.filter(({ scope }) => scope.kind === 'LOCATION')) {
    const sample = samples.get(alertSubjectText(subject));
    if (sample !== undefined) seeShortfall(subject, sample.shortfall, end);
  }
  const excess = await readQuotaExcess(trx, quotas);
  for (const subject of distinct(quotas)) {
    const found = excess.get(levelKeyText({ sku: subject.sku, locationId: subject.scope.id }));
    book.seeExcess(subject, 'OVER_QUOTA', { units: 0, threshold: null, promises: [], ...found }, end);
  }
  return book.steps;

  function seeSample(subject: AlertSubject, moment: Moment): void {
    const sample = samples.get(alertSubjectText(subject));
    if (sample !== undefined) book.see(subject, sample.units, watch.thresholdOf(subject), moment);
  }

  function seeShortfall(subject: AlertSubject, units: number, moment: Moment): void {
    const key = levelKeyText({ sku: subject.sku, locationId: subject.scope.id });
    book.seeExcess(subject, 'SHORTFALL', { units, threshold: null, promises: promises.get(key) ?? [] }, moment);
  }

  function shortOthers() {
    return others
      .filter(({ scope }) => scope.kind === 'LOCATION')
      .map((subject) => ({
        sku: subject.sku,
        locationId: subject.scope.id,
        shortfall: samples.get(alertSubjectText(subject))?.shortfall ?? 0,
      }));
  }
}

function isOfLocation({ scope, sku }: AlertSubject, rule: RuleChangePayload): boolean {
  if (rule.scopeKind !== 'LOCATION' || scope.kind !== 'LOCATION') return false;
  return scope.id === rule.scopeId && (rule.sku === '' || rule.sku === sku);
}

function readChange(change: Change): {
  readonly rules: readonly RuleChangePayload[];
  readonly versions: readonly StockLevelParent[];
} {
  if (change.topic !== stockTopic) {
    const { set, ...rule } = change.payload as ThresholdChangePayload;
    return { rules: set?.map(({ sku }) => ({ ...rule, sku })) ?? [rule], versions: [] };
  }
  // A row of an earlier release does not say enough; the next change of its level does.
  return { rules: [], versions: readStockChange(change) ?? [] };
}

function toSubject({ scopeKind, scopeId, sku }: RuleChangePayload): AlertSubject {
  return { scope: { kind: scopeKind, id: scopeId }, sku };
}

function toLevelKey(level: StockLevelParent) {
  return { sku: level.sku, locationId: level.location_id };
}

function levelSubject(level: StockLevelParent): AlertSubject {
  return { scope: { kind: 'LOCATION', id: level.location_id }, sku: level.sku };
}

function distinct(subjects: readonly AlertSubject[]): readonly AlertSubject[] {
  return [...new Map(subjects.map((subject) => [alertSubjectText(subject), subject])).values()];
}

function lastOfEach<Level extends { readonly sku: string; readonly locationId: string; readonly shortfall: number }>(
  levels: readonly Level[],
): readonly Level[] {
  return [...new Map(levels.map((level) => [levelKeyText(level), level])).values()].filter(
    ({ shortfall }) => shortfall > 0,
  );
}
