import type { AppError, AppErrorCode } from '#app/errors.ts';
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
  const { title, action, quote } = describeError(error, 'upload');
  const said = toOwnWords(error) ?? { action };
  return {
    title: said.title ?? title,
    detail: `${words.meanings[scope]} ${said.action}`,
    quote,
    endsByItself: endsByItself(hold),
  };
}

/** Gives the words that a hold has of its own; the others say what the error says. */
function toOwnWords(error: AppError): { readonly title?: string; readonly action: string } | undefined {
  const { byCode } = texts.transfers.holds;
  if (error.code === 'uploadForbidden' && !error.mayBeFull) return byCode.uploadForbiddenWithSpace;
  const own: Partial<Record<AppErrorCode, { readonly title?: string; readonly action: string }>> = byCode;
  return own[error.code];
}
