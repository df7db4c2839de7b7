import { inLocation } from '../location-in-view.ts';
import { showError } from '../ui/show-error.ts';

/** Reads the listing again from its start; what it finds comes as changes of the index. */
export async function refreshFiles(): Promise<void> {
  const result = await window.files.refreshFiles(inLocation());
  if (!result.ok) showError(result.error, 'list');
}
