import type { RefObject } from 'react';
import { uploadFiles } from './uploads.ts';

/** The browser's own chooser: it alone makes `File` objects that the preload script finds a path for. */
export function FileInput({ field }: { readonly field: RefObject<HTMLInputElement | null> }) {
  return (
    <input
      ref={field}
      type="file"
      multiple
      hidden
      onChange={(event) => {
        const files = Array.from(event.target.files ?? []);
        // The same file can be chosen again.
        event.target.value = '';
        void uploadFiles(files);
      }}
    />
  );
}
