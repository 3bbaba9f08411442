const AT_ONCE = 4;

/** Does the same with each, a few at a time; ends at the first that fails, which it throws. */
export async function each<Item>(
  items: Item[],
  act: (item: Item) => Promise<{ error?: unknown }>,
  progress: (done: number) => void,
): Promise<void> {
  const left = [...items];
  let done = 0;
  const work = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) {
      const { error } = await act(item);
      if (error !== undefined) {
        left.length = 0;
        throw error;
      }
      done += 1;
      progress(done);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}
