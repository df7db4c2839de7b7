/** Words that several features share. */
export const messagesTexts = {
  appName: 'Files for OpenRouter',
  dismiss: 'Dismiss',
  /** When something can be tried again; `over` is when the wait has come to its end. */
  wait: {
    over: 'now',
    at: (time: string) => `at ${time}`,
    inTime: (duration: string) => `in ${duration}`,
    today: (duration: string, time: string) => `in ${duration}, at ${time}`,
    tomorrow: (time: string) => `tomorrow at ${time}`,
    later: (day: string, time: string) => `on ${day} at ${time}`,
  },
  quoteSystem: (message: string) => `The system said: “${message}”`,
  quote: (message: string) => `The server said: “${message}”`,
};
