import { describe, expect, it } from 'vitest';
import { describeHold } from './describe-hold.ts';

describe('describeHold', () => {
  it('says that a connection ends the hold by itself', () => {
    const { title, detail, endsByItself } = describeHold({
      scope: 'all',
      error: { code: 'offline' },
      resumesAt: null,
    });
    expect(title).toBe('No connection');
    expect(detail).toBe(
      'New transfers are on hold. Those in progress will finish. Transfers resume when you’re back online.',
    );
    expect(endsByItself).toBe(true);
  });

  it('says that saves go on where only uploads are refused, with the server’s words', () => {
    const hold = describeHold({
      scope: 'uploads',
      error: { code: 'uploadForbidden', serverMessage: 'Workspace storage limit exceeded', mayBeFull: true },
      resumesAt: null,
    });
    expect(hold.detail).toContain('downloads continue');
    expect(hold.quote).toContain('Workspace storage limit exceeded');
    expect(hold.endsByItself).toBe(false);
  });

  it('does not say that the workspace is full where the list shows otherwise', () => {
    const describe = (mayBeFull: boolean) => {
      const error = { code: 'uploadForbidden', serverMessage: '', mayBeFull } as const;
      const { title, detail } = describeHold({ scope: 'uploads', error, resumesAt: null });
      return `${title}. ${detail}`;
    };
    expect(describe(true)).toContain('It may be full');
    expect(describe(false)).not.toMatch(/full|10 GiB|Delete files/);
    expect(describe(false)).toContain('a firewall on the way blocked the file');
  });

  it('ends by itself when a time is known', () => {
    const error = { code: 'rateLimited', retryAfterMs: 1000 } as const;
    expect(describeHold({ scope: 'all', error, resumesAt: 1 }).endsByItself).toBe(true);
    expect(describeHold({ scope: 'all', error, resumesAt: null }).endsByItself).toBe(false);
  });

  it('goes on by itself once a certificate is trusted or a proxy lets through, and says what to do until then', () => {
    const certificate = describeHold({
      scope: 'all',
      error: { code: 'untrustedCertificate' },
      resumesAt: null,
    });
    expect(certificate).toMatchObject({
      title: 'The server’s certificate is not trusted',
      endsByItself: true,
      detail: expect.stringContaining('If this network asks you to sign in'),
    });
    const proxy = describeHold({
      scope: 'all',
      error: { code: 'proxyRefused', status: 503 },
      resumesAt: null,
    });
    expect(proxy).toMatchObject({
      title: expect.stringContaining('503'),
      endsByItself: true,
      detail: expect.stringContaining('Transfers resume when the proxy lets them through.'),
    });
  });

  it('has the words of the error for every other cause', () => {
    const { title } = describeHold({ scope: 'all', error: { code: 'signedOut' }, resumesAt: null });
    expect(title).toBe('You are signed out');
  });
});
