import type { ContentKind } from '#app/files/content-kind.ts';
import type { TextEncoding } from '#app/files/text-encoding.ts';

/** What the app expects the server to say of a file's content. */
export type ContentVerdict =
  /** Of a type that the server documents, by its structure. */
  | { readonly verdict: 'accepted' }
  /** UTF-8 text as far as it was read; the server takes it if the rest is text too. */
  | { readonly verdict: 'text' }
  /** Not certain either way: sent like `accepted`, and the server decides. */
  | { readonly verdict: 'undecided' }
  /** The server's documentation rules it out. A person may send it anyway. */
  | { readonly verdict: 'refused'; readonly contentKind: ContentKind }
  /** Text in another encoding, or with damaged characters; null when no encoding fits well. A person may send it anyway. */
  | { readonly verdict: 'notUtf8'; readonly encoding: TextEncoding | null };
