/** What the chart of a session's days shows, each with its line. */
export const FIGURES = ['sent', 'delivered', 'read', 'failed', 'received'] as const;
