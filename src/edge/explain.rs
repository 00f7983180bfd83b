//! What each code means: `check --list` and `check --explain CODE`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Deserialize;

use crate::base::diag::{Code, Severity};
use crate::base::nearest::nearest;

/// Why a finding matters, and one example of each sort.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Explanation {
    why: String,
    wrong: String,
    right: String,
}

const EXPLANATIONS: &str = include_str!("explain.toml");

/// Every code with its level and meaning, one a line.
pub fn list() -> String {
    let width = Code::ALL.iter().map(|code| code.name().len()).max().unwrap_or_default();
    let mut out = String::new();
    for code in Code::ALL {
        let _ = writeln!(out, "{:width$}  {:7}  {}", code.name(), level(*code), code.meaning());
    }
    out
}

/// A code at length, with examples.
///
/// # Errors
/// There is no such code: a message that names the nearest one.
pub fn explain(name: &str) -> Result<String, String> {
    let Some(code) = Code::from_name(name) else {
        let near = nearest(name, Code::ALL.iter().map(|code| code.name()));
        let near = near.map(|near| format!(": did you mean `{near}`?"));
        return Err(format!(
            "`{name}` is no code{}",
            near.unwrap_or_else(|| "; `dossier check --list` names them".to_owned())
        ));
    };
    let mut out = format!("{} ({})\n\n{}\n", code.name(), level(code), code.meaning());
    if let Some(Explanation { why, wrong, right }) = explanations().get(name) {
        let _ = write!(out, "{why}\n\nWrong:\n\n{}\nRight:\n\n{}", indented(wrong), indented(right));
    }
    if code.is_lint() {
        let _ = write!(
            out,
            "\nIts level is set in site.toml: `[lints]`, `{name} = \"error\"`, `\"warn\"` or `\"off\"`.\n\
             A record keeps it quiet about itself with `allow: [{name}]`.\n"
        );
    }
    Ok(out)
}

/// Why a code matters, in a sentence or two.
pub(super) fn why(code: Code) -> String {
    explanations().remove(code.name()).map_or_else(String::new, |explanation| explanation.why)
}

fn explanations() -> BTreeMap<String, Explanation> {
    toml::from_str(EXPLANATIONS).unwrap_or_default()
}

fn level(code: Code) -> &'static str {
    match code.severity() {
        Some(Severity::Error) => "error",
        Some(Severity::Warning) => "warning",
        None => "off",
    }
}

fn indented(example: &str) -> String {
    example.lines().map(|line| format!("    {line}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_explained_with_a_wrong_and_a_right_example() {
        let explanations = toml::from_str::<BTreeMap<String, Explanation>>(EXPLANATIONS).expect("it can be read");
        for code in Code::ALL {
            let explanation = explanations.get(code.name());
            assert!(explanation.is_some_and(|e| !e.why.is_empty() && e.wrong != e.right), "{}", code.name());
        }
        assert_eq!(explanations.len(), Code::ALL.len());
    }

    #[test]
    fn an_unknown_code_names_the_nearest() {
        assert!(explain("weekdy").is_err_and(|message| message.contains("did you mean `weekday`?")));
        assert!(
            explain("weekday").is_ok_and(|text| text.contains("lundi 16 septembre 2024") && text.contains("allow"))
        );
    }
}
