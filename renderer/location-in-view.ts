import type { InLocation, InView } from '#app/contract/files-contract.ts';
import { AppFailure } from '#app/errors.ts';

interface Shown {
  readonly location: InLocation;
  readonly view: InView;
}

let shown: Shown | null = null;

/** Notes which location the window shows, and its view of it: what it asks main from now on is about that. */
export function showView({ locationId, viewId }: InView): void {
  if (shown?.location.locationId === locationId && shown.view.viewId === viewId) return;
  shown = { location: { locationId }, view: { locationId, viewId } };
}

/** Names the view that the window shows, or showed last; null before the first. */
export function findView(): InView | null {
  return shown?.view ?? null;
}

/** The same for what is asked about it. Throws `signedOut` before the first. */
export function inView(): InView {
  if (shown === null) throw new AppFailure({ code: 'signedOut' });
  return shown.view;
}

/** Names its location for what is asked about that, whatever view it is asked in. Throws `signedOut` before the first. */
export function inLocation(): InLocation {
  if (shown === null) throw new AppFailure({ code: 'signedOut' });
  return shown.location;
}

/** Whether something is about the location that the window shows. */
export function isInView({ locationId }: InLocation): boolean {
  return locationId === shown?.location.locationId;
}
