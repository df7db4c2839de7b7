import { describe, expect, it } from 'vitest';
import { parseProxyList } from './proxy-routes.ts';

describe('a list of proxies', () => {
  it.each([
    ['DIRECT', [{ kind: 'direct' }]],
    ['', [{ kind: 'direct' }]],
    ['QUIC q.example:443', [{ kind: 'direct' }]],
    [
      'PROXY a.example:3128; DIRECT',
      [{ kind: 'http', isSecure: false, host: 'a.example', port: 3128 }, { kind: 'direct' }],
    ],
    ['HTTPS a.example', [{ kind: 'http', isSecure: true, host: 'a.example', port: 443 }]],
    ['SOCKS a.example', [{ kind: 'socks', version: 4, host: 'a.example', port: 1080 }]],
    ['socks5 [::1]:9050 ;', [{ kind: 'socks', version: 5, host: '::1', port: 9050 }]],
    ['PROXY ; PROXY b.example:1', [{ kind: 'http', isSecure: false, host: 'b.example', port: 1 }]],
  ])('reads %j', (list, routes) => {
    expect(parseProxyList(list)).toEqual(routes);
  });
});
