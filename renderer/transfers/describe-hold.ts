import type { AppErrorCode } from '#app/errors.ts';
import { endsByItself } from '#app/transfers/hold.ts';
import type { TransferHold } from '#app/transfers/transfer.ts';
import { describeError } from '../texts/describe-error.ts';
import { texts } from '../texts/texts.ts';

/** A hold in words. */
export interface HoldDescription {
  readonly title: string;
  /** What it means for the transfers and what to do. */
  readonly detail: string;
  readonly quote: string | null;
  /** Whether it ends without a person. */
  readonly endsByItself: boolean;
}

/** Says why transfers do not begin, and what that means. */
export function describeHold(hold: TransferHold): HoldDescription {
  const words = texts.transfers.holds;
  const { error, scope } = hold;
  const own: Partial<Record<AppErrorCode, { readonly title?: string; readonly action: string }>> =
    words.byCode;
  const { title, action, quote } = describeError(error, 'upload');
  const said = own[error.code] ?? { action };
  return {
    title: said.title ?? title,
    detail: `${words.meanings[scope]} ${said.action}`,
    quote,
    endsByItself: endsByItself(hold),
  };
}
