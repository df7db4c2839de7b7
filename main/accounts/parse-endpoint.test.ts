import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { AppFailure } from '#app/errors.ts';
import { parseEndpoint } from './parse-endpoint.ts';

describe('endpoints', () => {
  it.each([
    ['https://openrouter.ai/api/v1/', 'https://openrouter.ai/api/v1'],
    [' https://example.org ', 'https://example.org'],
    ['http://localhost:8080/api/v1', 'http://localhost:8080/api/v1'],
    ['http://127.0.0.1:1', 'http://127.0.0.1:1'],
    ['http://[::1]:1/x', 'http://[::1]:1/x'],
    ['"https://example.org/x",', 'https://example.org/x'],
    ['https://example.org/files/v1', 'https://example.org/files/v1'],
  ])('%j are kept as %j', (text, endpoint) => expect(parseEndpoint(text)).toBe(endpoint));

  it.each([
    ['', 'notAUrl'],
    ['openrouter.ai', 'notAUrl'],
    ['file:///etc/passwd', 'notAUrl'],
    ['http://example.org', 'notHttps'],
    ['http://127.0.0.1.example.org', 'notHttps'],
    ['http://localhost.example.org', 'notHttps'],
    ['https://user:pass@example.org', 'hasCredentials'],
    ['https://openrouter.ai/api/v1/files', 'isResource'],
    ['https://openrouter.ai/api/v1/files/', 'isResource'],
    ['https://openrouter.ai/api/v1/files/or_file_1/content', 'isResource'],
    ['https://openrouter.ai/api/v1/key', 'isResource'],
    ['https://openrouter.ai/api/v1/chat/completions', 'isResource'],
    ['https://openrouter.ai/api/v1?workspace_id=1', 'hasQuery'],
    ['https://openrouter.ai/api/v1#files', 'hasQuery'],
    [`https://openrouter.ai/${'a'.repeat(2048)}`, 'tooLong'],
  ])('refuse %j', (text, problem) => {
    try {
      parseEndpoint(text);
      expect.unreachable();
    } catch (cause) {
      expect(cause).toBeInstanceOf(AppFailure);
      expect(cause instanceof AppFailure && cause.error).toEqual({ code: 'invalidEndpoint', problem });
    }
  });

  it('are refused without a trace of a key that was pasted in their place', () => {
    for (const text of ['k-secret', 'https://k-secret@example.org', 'https://example.org:k-secret']) {
      try {
        parseEndpoint(text);
        expect.unreachable();
      } catch (cause) {
        expect(inspect(cause)).not.toContain('k-secret');
      }
    }
  });
});
