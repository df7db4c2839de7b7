import { AppFailure, type EndpointProblem } from '#app/errors.ts';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Gives an endpoint in the one form it is kept in: no slash at its end, no query. Throws `invalidEndpoint`: a key goes
 * there, so nothing but https will do except on this computer.
 */
export function parseEndpoint(text: string): string {
  let url: URL;
  try {
    url = new URL(text.trim());
  } catch (cause) {
    throw invalid('notAUrl', cause);
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw invalid('notAUrl');
  if (url.protocol === 'http:' && !LOOPBACK.test(url.hostname)) throw invalid('notHttps');
  if (url.username !== '' || url.password !== '') throw invalid('hasCredentials');
  return url.origin + url.pathname.replace(/\/+$/, '');
}

function invalid(problem: EndpointProblem, cause?: unknown): AppFailure {
  return new AppFailure({ code: 'invalidEndpoint', problem }, { cause });
}
