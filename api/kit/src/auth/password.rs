//! Passwords: argon2id, on blocking threads, a few at a time.

use std::sync::Arc;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Semaphore;

use crate::problem::{Answer, Code, Problem};
use wahana_domain::Rule;

const COMMON: &str = include_str!("common_passwords.txt");
/// Compared when there is no such user, so that the answer takes as long: random bytes, the hash of nothing.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$59VnyvV9uOz2+BDDkxsfKA$yj303DHGgK5LY9QIDhBdlyyLTbYjXwQoLGXZTUCuJ8c";
const LEAST: usize = 8;
/// Longer ones only cost time to hash.
const MAX_LENGTH: usize = 256;

/// Hashes and compares passwords.
pub struct Passwords {
    room: Arc<Semaphore>,
}

impl Passwords {
    /// At most `at_once` are hashed at the same time.
    pub fn new(at_once: usize) -> Self {
        Self { room: Arc::new(Semaphore::new(at_once.max(1))) }
    }

    /// The PHC string to store.
    pub async fn hash(&self, password: SecretString) -> Answer<String> {
        self.run(move || hash(password.expose_secret())).await?
    }

    /// Whether this is the password. Without a `stored` hash it never is, and takes as long.
    pub async fn verify(&self, password: SecretString, stored: Option<String>) -> Answer<bool> {
        self.run(move || {
            let parsed = PasswordHash::new(stored.as_deref().unwrap_or(NOBODY)).map_err(Problem::internal)?;
            let same =
                Argon2::default().verify_password(password.expose_secret().as_bytes(), &parsed).is_ok();
            Ok(stored.is_some() && same)
        })
        .await?
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Answer<T> {
        let permit = Arc::clone(&self.room).acquire_owned().await.map_err(Problem::internal)?;
        // The permit moves along: a client that goes away does not make room for more threads.
        tokio::task::spawn_blocking(move || {
            let done = work();
            drop(permit);
            done
        })
        .await
        .map_err(Problem::internal)
    }
}

fn hash(password: &str) -> Answer<String> {
    Argon2::default()
        .hash_password(password.as_bytes())
        .map(|hash| hash.to_string())
        .map_err(Problem::internal)
}

/// The words that are guessed first, because everybody knows them of this person.
#[derive(Clone, Copy, Debug, Default)]
pub struct Person<'a> {
    /// The email address, in lower case.
    pub email: &'a str,
    /// The person's name.
    pub name: &'a str,
    /// The name of the organization.
    pub organization: &'a str,
}

/// Refuses what is guessed first.
pub fn check_strength(field: &str, password: &str, person: Person<'_>) -> Answer<()> {
    let weak = |rule| Err(Problem::field(field, rule).coded(Code::WeakPassword));
    let length = password.chars().count();
    if length < LEAST {
        return weak(Rule::TooShort { min: LEAST as u64, actual: length as u64 });
    }
    if length > MAX_LENGTH {
        return weak(Rule::TooLong { max: MAX_LENGTH as u64, actual: length as u64 });
    }
    let lower = password.to_lowercase();
    if COMMON.lines().any(|common| common == lower) {
        return weak(Rule::CommonPassword);
    }
    let bare = letters(&lower);
    let same = |word: &str| !word.is_empty() && (word == lower || letters(&word.to_lowercase()) == bare);
    if same(person.email) || person.email.split(['@', '.']).any(same) || person.email.split('@').any(same) {
        return weak(Rule::PasswordIsEmail);
    }
    if same(person.name) || same(person.organization) {
        return weak(Rule::PasswordIsName);
    }
    Ok(())
}

/// The letters of a word without what people put around and between them: digits, spaces, marks. Nothing if there are
/// too few to tell.
fn letters(word: &str) -> String {
    let letters: String = word.chars().filter(|c| c.is_alphabetic()).collect();
    if letters.chars().count() < 4 { word.to_owned() } else { letters }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weak_ones_are_refused() {
        for weak in [
            "short",
            "password",
            "PASSWORD",
            "12345678",
            "Qwerty123",
            "ann.smith@example.com",
            "ann.smith",
            &"x".repeat(257),
        ] {
            let person = Person { email: "ann.smith@example.com", ..Person::default() };
            assert!(check_strength("password", weak, person).is_err(), "{weak}");
        }
        let ann = Person { email: "ann@example.com", ..Person::default() };
        assert!(check_strength("password", "kuda terbang 7", ann).is_ok());
        assert!(COMMON.lines().count() >= 200, "the list is the list");
        assert!(COMMON.lines().all(|line| line.len() >= LEAST && line == line.to_lowercase()));
    }

    #[test]
    fn f17_what_everybody_knows_of_a_person_is_refused() {
        let person = Person {
            email: "sari@tokobatik.example",
            name: "Sari Wulandari",
            organization: "Toko Batik Sari",
        };
        let refused = |password: &str| {
            let problem = check_strength("new_password", password, person).err()?;
            Some(problem.rule.as_deref().map(Rule::code).unwrap().as_str())
        };
        for same in
            ["Toko Batik Sari", "tokobatiksari", "TokoBatikSari2026!", "sari wulandari", "Sari-Wulandari1"]
        {
            assert_eq!(refused(same), Some("password_is_name"), "{same}");
        }
        for same in ["sari@tokobatik.example", "tokobatik", "TokoBatik123", "sari2026"] {
            assert_eq!(refused(same), Some("password_is_email"), "{same}");
        }
        for fine in ["toko batik sari di malang", "kuda terbang", "wulandari sari"] {
            assert_eq!(refused(fine), None, "{fine}");
        }
    }

    #[tokio::test]
    async fn only_the_password_verifies() {
        let passwords = Passwords::new(1);
        let stored = passwords.hash("kuda terbang".into()).await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert!(passwords.verify("kuda terbang".into(), Some(stored.clone())).await.unwrap());
        assert!(!passwords.verify("kuda terbanG".into(), Some(stored)).await.unwrap());
        assert!(!passwords.verify("kuda terbang".into(), None).await.unwrap());
        let costs = |hash: &str| hash.rsplitn(3, '$').last().map(str::to_owned);
        assert_eq!(
            costs(NOBODY),
            costs(&passwords.hash("x".into()).await.unwrap()),
            "nobody costs as much as somebody"
        );
    }
}
