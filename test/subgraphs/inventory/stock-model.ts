/** A level and a hold as a child would write them down: what the subgraph must agree with, one operation at a time. */
export interface ModelLevel {
  onHand: number;
  unavailable: number;
  allocated: number;
  incoming: number;
}

export interface ModelHold {
  readonly id: string;
  readonly lines: readonly ModelLine[];
  state: 'HELD' | 'COMMITTED' | 'RELEASED' | 'EXPIRED';
}

/** Goods of one SKU on their way. */
export interface ModelTransfer {
  readonly id: string;
  readonly to: string;
  readonly sku: string;
  outstanding: number;
  isClosed: boolean;
}

export interface ModelLine {
  readonly sku: string;
  readonly location: string;
  readonly quantity: number;
}

/** The whole of it: levels by `location/sku`, and every hold and transfer ever made. */
export class StockModel {
  readonly levels = new Map<string, ModelLevel>();
  readonly holds: ModelHold[] = [];
  readonly transfers: ModelTransfer[] = [];

  level(sku: string, location: string): ModelLevel {
    const key = `${location}/${sku}`;
    const level = this.levels.get(key) ?? { onHand: 0, unavailable: 0, allocated: 0, incoming: 0 };
    this.levels.set(key, level);
    return level;
  }

  /** What live holds keep: those whose time is up keep nothing. */
  held(sku: string, location: string): number {
    return this.holds
      .filter(({ state }) => state === 'HELD')
      .flatMap(({ lines }) => lines)
      .filter((line) => line.sku === sku && line.location === location)
      .reduce((sum, { quantity }) => sum + quantity, 0);
  }

  free(sku: string, location: string): number {
    const { onHand, unavailable, allocated } = this.level(sku, location);
    return onHand - unavailable - allocated - this.held(sku, location);
  }

  /** Whether all lines can be had together. */
  canHold(lines: readonly ModelLine[]): boolean {
    const demand = new Map<string, ModelLine>();
    for (const line of lines) {
      const key = `${line.location}/${line.sku}`;
      demand.set(key, { ...line, quantity: line.quantity + (demand.get(key)?.quantity ?? 0) });
    }
    return [...demand.values()].every(({ sku, location, quantity }) => this.free(sku, location) >= quantity);
  }

  commit(hold: ModelHold, as: 'ALLOCATE' | 'SELL'): void {
    hold.state = 'COMMITTED';
    for (const { sku, location, quantity } of hold.lines) {
      const level = this.level(sku, location);
      if (as === 'ALLOCATE') level.allocated += quantity;
      else level.onHand -= quantity;
    }
  }

  /** What arrived stands on the shelf; what will not come any more is on its way no longer. */
  arrive(transfer: ModelTransfer, received: number, damaged: number, isComplete: boolean): void {
    const level = this.level(transfer.sku, transfer.to);
    transfer.isClosed = isComplete || received >= transfer.outstanding;
    const gone = transfer.isClosed ? transfer.outstanding : Math.min(transfer.outstanding, received);
    transfer.outstanding -= gone;
    level.incoming -= gone;
    level.onHand += received;
    level.unavailable += damaged;
  }
}
