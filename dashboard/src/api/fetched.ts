// Loads a part of the app (a screen, its texts); a failed download is repaired by reloading the page.
//
// A browser asks for a module once per page: an import that failed fails again, without a request, until the page is
// loaded anew (HTML's module map). A second `import()` does not help; a reload does, once the server
// answers. Typed text survives that (`useUnsaved`), and so does the address.

const PROBES = 5;
const FIRST_PAUSE_MS = 300;
/** After so many new pages in a row the error is shown: the part itself is broken. */
const MAX_RELOADS = 2;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function serverAnswers(): Promise<boolean> {
  for (let probe = 0; probe < PROBES; probe++) {
    await pause(FIRST_PAUSE_MS * 2 ** probe);
    const answer = await fetch('/healthz', { cache: 'no-store' }).catch(() => undefined);
    if (answer?.ok) return true;
  }
  return false;
}

/** Loads a part. Where that fails, `reload` opens the page again, and the promise never settles. */
export async function fetched<Part>(
  name: string,
  load: () => Promise<Part>,
  reload: () => void = () => window.location.reload(),
): Promise<Part> {
  const key = `wahana-reloads:${name}`;
  try {
    const part = await load();
    sessionStorage.removeItem(key);
    return part;
  } catch (error) {
    const reloads = Number(sessionStorage.getItem(key));
    if (reloads >= MAX_RELOADS || !(await serverAnswers())) throw error;
    sessionStorage.setItem(key, String(reloads + 1));
    reload();
    return new Promise(() => {});
  }
}
