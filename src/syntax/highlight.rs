//! Colours for code blocks: a text to pieces with a class each. The classes are few, and `static/dossier.css` names them.

use std::ops::Range;
use std::sync::LazyLock;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxSet};

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

/// What a scope's first words say, and the class for it; the first that fits counts.
static CLASSES: LazyLock<Vec<(Scope, &'static str)>> = LazyLock::new(|| {
    [
        ("comment", "c"),
        ("string", "s"),
        ("constant.numeric", "n"),
        ("constant", "k"),
        ("entity.name.tag", "t"),
        ("entity.name", "f"),
        ("support.function", "f"),
        ("keyword", "k"),
        ("storage", "k"),
        ("variable.parameter", "v"),
        ("punctuation", "p"),
    ]
    .into_iter()
    .filter_map(|(scope, class)| Scope::new(scope).ok().map(|scope| (scope, class)))
    .collect()
});

/// Lines longer than this are data, not code, and are left plain: the highlighter is slow on them.
const LONGEST_LINE: usize = 2_000;

/// The pieces of `code` that have a class, in order; empty for a language that is not known.
pub fn highlight(code: &str, language: &str) -> Vec<(Range<usize>, &'static str)> {
    let Some(syntax) = SYNTAXES.find_syntax_by_token(language) else { return Vec::new() };
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut pieces = Vec::new();
    let mut start = 0;
    for line in code.split_inclusive('\n') {
        let operations = if line.len() > LONGEST_LINE { None } else { state.parse_line(line, &SYNTAXES).ok() };
        let mut at = 0;
        for (to, operation) in operations.unwrap_or_default() {
            add(&mut pieces, start + at..start + to, &stack);
            at = to;
            if stack.apply(&operation).is_err() {
                return pieces;
            }
        }
        add(&mut pieces, start + at..start + line.len(), &stack);
        start += line.len();
    }
    pieces
}

fn add(pieces: &mut Vec<(Range<usize>, &'static str)>, range: Range<usize>, stack: &ScopeStack) {
    if range.is_empty() {
        return;
    }
    // The marks around a comment or a string are part of it, so punctuation only counts where nothing else does.
    let classes = || stack.as_slice().iter().rev().filter_map(|scope| class_of(*scope));
    let class = classes().find(|class| *class != "p").or_else(|| classes().next());
    match (class, pieces.last_mut()) {
        (Some(class), Some((last, same))) if *same == class && last.end == range.start => last.end = range.end,
        (Some(class), _) => pieces.push((range, class)),
        (None, _) => {}
    }
}

fn class_of(scope: Scope) -> Option<&'static str> {
    CLASSES.iter().find(|(prefix, _)| prefix.is_prefix_of(scope)).map(|(_, class)| *class)
}

#[cfg(test)]
mod tests {
    use super::highlight;

    #[test]
    fn yaml_has_keys_and_strings_and_an_unknown_language_nothing() {
        let code = "quote: \"x\" # c\n";
        let pieces: Vec<_> = highlight(code, "yaml").into_iter().map(|(range, class)| (&code[range], class)).collect();
        assert!(pieces.contains(&("quote", "t")) && pieces.contains(&("\"x\"", "s")), "{pieces:?}");
        assert!(pieces.contains(&("# c\n", "c")), "{pieces:?}");
        assert!(highlight(code, "nothing-like-it").is_empty());
    }
}
