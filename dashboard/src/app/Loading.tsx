import { Skeleton, Stack } from '@mantine/core';

/** While a screen's code arrives: its outline. */
export function Loading() {
  return (
    <Stack aria-busy="true">
      <Skeleton h={32} w={220} />
      <Skeleton h={120} />
      <Skeleton h={240} />
    </Stack>
  );
}
