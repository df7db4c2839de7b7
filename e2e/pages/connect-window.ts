import type { Page } from '@playwright/test';

/** The connect window, by the names that people and assistive technology find its parts by. */
export type ConnectWindow = ReturnType<typeof createConnectWindow>;

/** Makes the page object of the connect window. */
export function createConnectWindow(page: Page) {
  const key = page.getByRole('textbox', { name: 'API key' });
  const advanced = page.getByRole('button', { name: 'Advanced' });
  const endpoint = page.getByRole('textbox', { name: 'Endpoint' });
  const connect = page.getByRole('button', { name: 'Connect', exact: true });
  const remember = page.getByRole('checkbox', { name: 'Remember in the system keychain' });

  const openAdvanced = async () => {
    if ((await advanced.getAttribute('aria-expanded')) !== 'true') await advanced.click();
  };
  return {
    page,
    heading: page.getByRole('heading', { name: 'Connect to OpenRouter' }),
    key,
    advanced,
    endpoint,
    remember,
    connect,
    alert: page.getByRole('alert'),
    /** Opens the disclosure that holds the endpoint. */
    openAdvanced,
    /** Fills the form and sends it. */
    submit: async (account: { readonly key: string; readonly endpoint: string }) => {
      await key.fill(account.key);
      await openAdvanced();
      await endpoint.fill(account.endpoint);
      await connect.click();
    },
  };
}
