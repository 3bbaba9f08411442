// A key per thing to be done: asking again with the same body is the same thing, another body is another.

/** Random, also where the page is not served by HTTPS and `crypto.randomUUID` is missing. */
const random = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

export class IdempotencyKeys {
  private last?: { body: string; key: string };

  /** The `Idempotency-Key` for this body. */
  of(body: unknown): string {
    const text = JSON.stringify(body);
    if (this.last?.body !== text) this.last = { body: text, key: random() };
    return this.last.key;
  }

  /** It was done: the same again is meant as another. */
  done(): void {
    this.last = undefined;
  }
}
