const TRIES = 5;
const FIRST_PAUSE_MS = 300;

/** A part of the app, such as a screen or its texts. While the network changes or the server restarts, it is asked for again. */
export async function fetched<Part>(load: () => Promise<Part>): Promise<Part> {
  for (let tries = 1; ; tries++) {
    try {
      return await load();
    } catch (error) {
      if (tries === TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, FIRST_PAUSE_MS * 2 ** tries));
    }
  }
}
