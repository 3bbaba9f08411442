// A script that could not be fetched, for the network changed or the server restarts, would leave an empty page: it is
// loaded again, a few times. The app takes the count away when it has started (src/main.tsx).
addEventListener(
  'error',
  ({ target }) => {
    if (!(target instanceof HTMLScriptElement)) return;
    const tries = Number(sessionStorage.getItem('wahana-retries'));
    if (tries >= 5) return;
    sessionStorage.setItem('wahana-retries', String(tries + 1));
    setTimeout(() => location.reload(), 500 * 2 ** tries);
  },
  true,
);
