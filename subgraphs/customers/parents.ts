/** A profile that was not merged into another. */
export interface CustomerParent {
  readonly id: string;
  readonly displayName: string;
  readonly countryCode: string | null;
}

/** Something a customer did, as its row stands. */
export interface InteractionParent {
  readonly id: number;
  readonly at: Date;
  /** `at` to the microsecond, for the cursor. */
  readonly atMicroseconds: number;
  readonly channelId: string;
  readonly kind: 'ORDERED' | 'RETURNED';
  readonly summary: string;
}

/** Products owns the channel; here its id is all that is known of it. */
export interface ChannelParent {
  readonly id: string;
}
