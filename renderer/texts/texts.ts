import { accountsTexts } from './en/accounts.ts';
import { connectTexts } from './en/connect.ts';
import { deletionTexts } from './en/deletion.ts';
import { detailsTexts } from './en/details.ts';
import { errorsTexts } from './en/errors.ts';
import { filesTexts } from './en/files.ts';
import { filtersTexts } from './en/filters.ts';
import { intakeTexts } from './en/intake.ts';
import { messagesTexts } from './en/messages.ts';
import { shortcutsTexts } from './en/shortcuts.ts';
import { transfersTexts } from './en/transfers.ts';
import { usageTexts } from './en/usage.ts';

/** A catalogue's shape with every sentence free: what another language has to fill. */
type Translatable<Value> = Value extends string
  ? string
  : Value extends (...parameters: infer Parameters) => string
    ? (...parameters: Parameters) => string
    : { readonly [Key in keyof Value]: Translatable<Value[Key]> };

const english = {
  accounts: accountsTexts,
  connect: connectTexts,
  deletion: deletionTexts,
  details: detailsTexts,
  errors: errorsTexts,
  files: filesTexts,
  filters: filtersTexts,
  intake: intakeTexts,
  messages: messagesTexts,
  shortcuts: shortcutsTexts,
  transfers: transfersTexts,
  usage: usageTexts,
};

/** Every text of the windows. A language is one value of this type. */
export type Texts = Translatable<typeof english>;

/** The texts of this window's language. */
export const texts: Texts = english;
