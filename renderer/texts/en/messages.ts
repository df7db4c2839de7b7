/** Words that several features share. */
export const messagesTexts = {
  appName: 'Files for OpenRouter',
  messages: 'Messages',
  dismiss: 'Dismiss',
  quote: (message: string) => `The server said: “${message}”`,
};
