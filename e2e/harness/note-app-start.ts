import { appendFileSync } from 'node:fs';

/** Notes a start of the app in the file that `npm test` counts them by; without one it is not counted. */
export function noteAppStart(): void {
  const path = process.env['APP_STARTS_FILE'];
  if (path) appendFileSync(path, 'start\n');
}
