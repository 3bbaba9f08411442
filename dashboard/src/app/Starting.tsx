import { Center, Loader } from '@mantine/core';

/** While the first screen loads. */
export function Starting() {
  return (
    <Center h="100dvh">
      <Loader type="dots" />
    </Center>
  );
}
