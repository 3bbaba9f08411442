/** A list with more pages loaded than this is left as it is: to refresh it, all its pages would have to be fetched. */
const MAX_FRESH_PAGES = 4;

/** Whether so much of a list (the data of its query) is loaded that it is no longer refreshed by itself. */
export const readsFar = (data: unknown) =>
  ((data as { pages?: unknown[] } | undefined)?.pages?.length ?? 1) > MAX_FRESH_PAGES;
