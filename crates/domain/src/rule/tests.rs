//! Every rule has a sentence, parameters that go through JSON, and texts in both languages of the dashboard.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

use super::*;

/// The names between `{{` and `}}` of a text of i18next.
fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split("{{").skip(1).filter_map(|rest| rest.split("}}").next()).map(str::trim).collect()
}

#[test]
fn every_rule_renders_and_travels_through_serde() {
    for (rule, code) in RuleCode::samples().into_iter().zip(RuleCode::ALL) {
        assert_eq!(rule.code(), *code);
        let sentence = rule.to_string();
        assert!(sentence.len() > 5 && !sentence.ends_with('.'), "{code:?}: {sentence}");
        assert_eq!(
            rule.params().keys().copied().collect::<BTreeSet<_>>(),
            code.params().iter().copied().collect()
        );
        let error: serde_json::Error = rule.in_serde();
        assert!(error.to_string().starts_with(&sentence), "{error}");
        assert_eq!(Rule::from_serde(&format!("{error} at line 1 column 7")), Some(rule));
    }
    assert_eq!(Rule::from_serde("missing field `x` at line 1"), None);
}

#[test]
fn sentences_hold_their_figures() {
    assert_eq!(Rule::TooLong { max: 5, actual: 7 }.to_string(), "must have at most 5 characters, has 7");
    assert_eq!(Rule::OneOf { values: Names::of(&["a", "b"]) }.to_string(), "must be one of a, b");
    assert!(
        Rule::UnclosedVariable { at: 4 }.to_string().starts_with("this {{ is never closed; close it with }}")
    );
    let json = serde_json::to_value(Rule::OneOf { values: Names::of(&["a"]) }).unwrap();
    assert_eq!(json, serde_json::json!({"rule": "one_of", "params": {"values": ["a"]}}));
}

#[test]
fn every_rule_has_a_text_in_both_languages_with_no_other_figures() {
    for language in ["en", "id"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join(format!("../../dashboard/src/i18n/{language}/rules.json"));
        let texts: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let texts = texts["rule"].as_object().unwrap();
        for code in RuleCode::ALL {
            let text = texts.get(code.as_str()).and_then(Value::as_str).unwrap_or_default();
            assert!(!text.is_empty(), "{language}: no text for {code:?}");
            // `example` is filled in by the dashboard: braces of a template would be read as a placeholder.
            let known: BTreeSet<_> = code.params().iter().copied().chain(["example"]).collect();
            assert!(placeholders(text).is_subset(&known), "{language}: {code:?} has not all of: {text}");
        }
        assert_eq!(texts.len(), RuleCode::ALL.len(), "{language}: a text without a rule");
    }
}
