import { accountsTexts } from './en/accounts.ts';
import { connectTexts } from './en/connect.ts';
import { deletionTexts } from './en/deletion.ts';
import { errorsTexts } from './en/errors.ts';
import { filesTexts } from './en/files.ts';
import { messagesTexts } from './en/messages.ts';
import { transfersTexts } from './en/transfers.ts';

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
  errors: errorsTexts,
  files: filesTexts,
  messages: messagesTexts,
  transfers: transfersTexts,
};

/** Every text of the windows. A language is one value of this type. */
export type Texts = Translatable<typeof english>;

/** The texts of this window's language. */
export const texts: Texts = english;
