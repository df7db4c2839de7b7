import type { Page } from '@playwright/test';
import type { FilesApi, InLocation, InView } from '#app/contract/files-contract.ts';

/** Gives what a main window shows, as its requests name it. Waits until it shows something. */
export function viewOf(page: Page): Promise<InView> {
  return page.evaluate(async () => {
    // The bridge, as the preload script puts it there.
    const { files } = window as unknown as { readonly files: FilesApi };
    return new Promise<InView>((resolve) => {
      const note: Parameters<FilesApi['onSessionChanged']>[0] = (session) => {
        if (session.phase !== 'ready') return;
        stop();
        resolve({ locationId: session.location.id, viewId: session.viewId });
      };
      const stop = files.onSessionChanged(note);
      void files.getSession().then((result) => {
        if (result.ok) note(result.value);
      });
    });
  });
}

/** The same for requests that are about the location alone. */
export async function locationOf(page: Page): Promise<InLocation> {
  const { locationId } = await viewOf(page);
  return { locationId };
}
