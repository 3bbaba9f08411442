//! Opt-outs against a corpus of replies in many languages.

use wahana_domain::opt_out::{ReplyIntent, reply_intent};

const CORPUS: &str = include_str!("corpus_opt_out.txt");

/// The replies with this sign.
fn replies(sign: &str) -> Vec<&'static str> {
    CORPUS.lines().filter_map(|line| line.strip_prefix(sign)).map(str::trim).collect()
}

fn is_opt_out(reply: &str) -> bool {
    reply_intent(reply) == Some(ReplyIntent::OptOut)
}

#[test]
fn b25_requests_are_understood() {
    let asked = replies("+ ");
    let missed: Vec<_> = asked.iter().filter(|reply| !is_opt_out(reply)).collect();
    assert!(asked.len() >= 250, "{} requests", asked.len());
    assert!(missed.len() * 20 <= asked.len(), "{} of {} missed: {missed:#?}", missed.len(), asked.len());
}

#[test]
fn b25_other_replies_are_no_opt_outs() {
    let others = replies("- ");
    let taken: Vec<_> = others.iter().filter(|reply| is_opt_out(reply)).collect();
    assert!(others.len() >= 150, "{} other replies", others.len());
    assert_eq!(taken, Vec::<&&str>::new(), "no false alarm");
}
