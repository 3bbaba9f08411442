//! Sessions (WhatsApp accounts): their life, their pairing, what they tell of themselves.

mod insight;
mod lifecycle;
mod pairing_links;
