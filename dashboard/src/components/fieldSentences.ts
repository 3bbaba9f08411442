// What the API says of a value that does not fit is English, without a code of its own. These are the sentences that
// somebody who fills in a form can meet, each with the name of our text; whatever is not here stands as the API said it.

const SENTENCES: [name: string, said: RegExp][] = [
  ['length', /^(?:the password )?must have (?<least>\d+) to (?<most>\d+) characters/],
  ['blank', /^must not be blank/],
  ['email', /^is no email address/],
  ['currentPassword', /^this is not the current password/],
  ['phoneEmpty', /^the number is empty/],
  ['phone', /^this is not a telephone number/],
  ['phoneDigits', /^no such number exists in its country/],
  ['to', /^expected a phone number, or a chat/],
  ['country', /^must be a country in two capital letters|^unknown country/],
  ['zone', /^is no IANA time zone/],
  ['color', /^must be a colour/],
  ['past', /^this time is past/],
  ['future', /^must be in the future/],
  ['year', /^at most a year ahead/],
  ['expires', /^must be after send_at/],
  ['deadline', /^the deadline is not after the start/],
  ['textEmpty', /^the text is empty/],
  ['textLong', /^(?<chars>\d+) characters, but WhatsApp takes at most (?<most>\d+)/],
  ['mimetype', /^expected a media type/],
  ['address', /^expected an http or https address/],
  ['fileEmpty', /^the file is empty$/],
  ['fileGone', /^there is no such file/],
  ['session', /^there is no such session/],
  ['senders', /^must name 1 to \d+ sessions/],
  ['variable', /^this {{ is never closed|is no variable name/],
  ['choice', /^this { is never closed|^a choice needs at least two/],
  ['tags', /^at most 50, each of/],
  ['attributes', /^at most 50, with names/],
  ['pause', /^a pause is at most one hour/],
  ['pauseOrder', /^the shortest (?:pause|break) is longer/],
  ['pauseWindow', /^the longest pause is longer than the send window/],
  ['breakEvery', /^a break after each message/],
  ['break', /^a break is at most four hours/],
  ['cap', /^a cap of 0 sends nothing|^a day with a cap of 0|^a first day with 0/],
  ['rate', /^a rate of 0 sends nothing/],
  ['share', /^at most 90, so that bulk/],
  ['window', /begin(?:s)? and end(?:s)? at the same time/],
  ['quiet', /^the quiet hours cover all of it/],
  ['between', /^(?:must be )?(?:from )?(?<least>\d+)(?: \(no growth\))? to (?<most>\d+)/],
];

/** The text for a sentence of the API, and the figures in it. */
export function sentence(said: string): { name: string; figures: Record<string, string> } | undefined {
  for (const [name, pattern] of SENTENCES) {
    const found = pattern.exec(said);
    if (found) return { name, figures: { ...found.groups } };
  }
  return undefined;
}
