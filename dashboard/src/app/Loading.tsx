import { Skeleton, Stack } from '@mantine/core';

/** Skeleton while the code of a screen loads. */
export function Loading() {
  return (
    <Stack aria-busy="true">
      <Skeleton h={32} w={220} />
      <Skeleton h={120} />
      <Skeleton h={240} />
    </Stack>
  );
}
