import { TextInput, type TextInputProps } from '@mantine/core';

/** What something new is to be called; the cursor stands here when its form opens. */
export function NameInput({ maxLength = 200, ...props }: TextInputProps) {
  return <TextInput required maxLength={maxLength} data-autofocus {...props} />;
}
