/** Words that several features share. */
export const messagesTexts = {
  appName: 'Files for OpenRouter',
  dismiss: 'Dismiss',
  quoteSystem: (message: string) => `The system said: “${message}”`,
  quote: (message: string) => `The server said: “${message}”`,
};
