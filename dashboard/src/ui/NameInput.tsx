import { TextInput, type TextInputProps } from '@mantine/core';

/** The name of something new; focused when its form opens. */
export function NameInput({ maxLength = 200, ...props }: TextInputProps) {
  return <TextInput required maxLength={maxLength} data-autofocus {...props} />;
}
