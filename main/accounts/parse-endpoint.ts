import { toPastedAddress } from '#app/accounts/pasted-text.ts';
import { AppFailure, type EndpointProblem } from '#app/errors.ts';
import { MAX_ENDPOINT_LENGTH } from '#app/limits.ts';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** What people copy from the documentation of the API: the address of something within it, instead of its own. */
const RESOURCE =
  /\/(files(\/(or_)?file_[^/]*(\/content)?)?|key|keys|models|completions|chat\/completions|responses|messages)$/;

/**
 * Gives an endpoint in the one form it is kept in: no slash at its end, no query. Throws `invalidEndpoint`: a key goes
 * there, so nothing but https will do except on this computer.
 */
export function parseEndpoint(text: string): string {
  const address = toPastedAddress(text);
  if (address.length > MAX_ENDPOINT_LENGTH) throw invalid('tooLong');
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    // Not with its cause, which repeats the text: it may be a key that was pasted into the wrong field.
    throw invalid('notAUrl');
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw invalid('notAUrl');
  if (url.protocol === 'http:' && !LOOPBACK.test(url.hostname)) throw invalid('notHttps');
  if (url.username !== '' || url.password !== '') throw invalid('hasCredentials');
  if (url.search !== '' || url.hash !== '') throw invalid('hasQuery');
  const path = url.pathname.replace(/\/+$/, '');
  if (RESOURCE.test(path)) throw invalid('isResource');
  return url.origin + path;
}

function invalid(problem: EndpointProblem): AppFailure {
  return new AppFailure({ code: 'invalidEndpoint', problem });
}
