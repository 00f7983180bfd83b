//! The YAML parser's messages in an editor's words, each with the usual cause and what to do.

use std::ops::Range;

/// What the parser's message means, and what would settle it. `before` is the YAML up to where it was raised.
pub(super) fn explain(info: &str, before: &str) -> (String, Option<&'static str>) {
    let line = before.rsplit('\n').next().unwrap_or_default();
    if info.contains("did not find expected key") && line.trim_end().ends_with([']', '}']) {
        return ("text follows a closing bracket".to_owned(), Some(QUOTE));
    }
    match KNOWN.iter().find(|(part, ..)| info.contains(part)) {
        Some((_, message, help)) => ((*message).to_owned(), Some(help)),
        None => (info.to_owned(), None),
    }
}

/// The bytes of `text` to show for a message that was raised at `at`: the parser often is a little further than the mistake.
pub(super) fn place(info: &str, text: &str, start: usize, at: usize) -> Range<usize> {
    let sign = |at: usize| {
        let first = text[at..].chars().next().filter(|c| *c != '\n' && *c != '\r');
        at..at + first.map_or(0, char::len_utf8)
    };
    if info.contains("tab")
        && let Some(tab) = text[at..].lines().take(3).collect::<Vec<_>>().join("\n").find('\t')
    {
        return sign(at + tab);
    }
    if info.contains("escape character") {
        let mut backslashes = text[at..].match_indices('\\').map(|(offset, _)| at + offset);
        let unknown = |at: &usize| !text[at + 1..].starts_with(|c: char| "0abtnvfre \"/\\N_LPxuU\t\n".contains(c));
        if let Some(backslash) = backslashes.find(unknown) {
            return backslash..sign(backslash + 1).end;
        }
    }
    if info.contains("simple key") && text[at..].trim().is_empty() || info.contains("simple key expect ':'") {
        let line = text[start..at].trim_end();
        let from = line.rfind('\n').map_or(0, |newline| newline + 1);
        let indent = line[from..].len() - line[from..].trim_start().len();
        return start + from + indent..start + line.len();
    }
    sign(at)
}

const QUOTE: &str = "put the text in quotes when it holds `: `, or starts with one of `[ { * & ! @ | > % - ? #`";
const ALIGN: &str = "indent it like the lines above, with spaces";
const CLOSE: &str = "close the bracket, and put commas between the items; or put the text in quotes";

/// A part of the parser's message, what it means, and what to do. The first that fits counts.
const KNOWN: &[(&str, &str, &str)] = &[
    ("mapping values are not allowed", "a `:` that starts a value cannot stand here", QUOTE),
    ("illegal placement of ':'", "a bracket is not closed, or a text with `: ` has no quotes", CLOSE),
    ("':' must be followed", "a `:` in brackets needs a space after it, or the text quotes", QUOTE),
    ("':' may not precede", "a `:` in brackets needs a space after it, or the text quotes", QUOTE),
    ("tab", "a tab where YAML wants spaces", "indent with spaces"),
    ("unexpected character", "no text can start with this sign unless it is in quotes", QUOTE),
    ("unknown anchor", "`*` starts an alias, and aliases are not used in a dossier", QUOTE),
    ("anchor or alias", "`*` and `&` start an alias or an anchor, and these are not used in a dossier", QUOTE),
    ("while scanning a tag", "`!` starts a tag, and tags are not used in a dossier", QUOTE),
    ("while parsing a tag", "`!` starts a tag, and tags are not used in a dossier", QUOTE),
    ("verbatim tag", "`!` starts a tag, and tags are not used in a dossier", QUOTE),
    (
        "directive",
        "a line that starts with `%` is an instruction to YAML",
        "put the text in quotes when it starts with `%`",
    ),
    ("only valid inside a block", "a bracket above is not closed", CLOSE),
    ("comments must be separated", "`#` starts a comment", "put the text in quotes when it starts with `#`"),
    ("expected '-' indicator", "this line is neither an item (`- `) nor indented under one", ALIGN),
    ("did not find expected key", "this line does not fit the indentation above it", ALIGN),
    (
        "block sequence entries are not allowed",
        "a list (`- `) cannot start here",
        "start it on a line of its own, under its key",
    ),
    ("'-' must be followed", "`- ` starts an item and needs a space", "write `- item`, or put the text in quotes"),
    (
        "simple key",
        "a key without its `:`, or a text that is not closed",
        "write `key: value`, or put the text in quotes",
    ),
    ("mapping keys are not allowed", "a key cannot stand here", ALIGN),
    ("expected node content", "a value is missing, or a bracket is not closed", CLOSE),
    ("expected ',' or", "a bracket is not closed", CLOSE),
    ("unexpected end of plain scalar", "a bracket is not closed", CLOSE),
    ("indentation in flow construct", "a bracket is not closed, or its lines are not indented", CLOSE),
    (
        "indentation in quoted scalar",
        "a quotation mark is not closed, or its lines are not indented",
        "close it with the same mark",
    ),
    ("document indicator", "a quotation mark is not closed", "close it with the same mark"),
    ("end of stream", "a quotation mark is not closed", "close it with the same mark"),
    ("unexpected eof", "a quotation mark or a bracket is not closed", "close it"),
    (
        "trailing content after",
        "text follows a closing quotation mark",
        "put all of the text in quotes of one sort; inside '…' an apostrophe is written `''`",
    ),
    ("escape character", "`\\` and this letter mean nothing in \"…\"", "write `\\\\` for a backslash, or use '…'"),
    (
        "hexadecimal",
        "`\\x`, `\\u` and `\\U` want 2, 4 or 8 hexadecimal digits",
        "write `\\\\` for a backslash, or use '…'",
    ),
    ("Unicode character escape", "there is no such character", "write the character itself"),
    ("wrongly indented line in block", "this line of the text is indented less than its first", ALIGN),
    ("block scalar", "after `|` or `>` the text starts on the next line", "put the text on the next line, indented"),
    ("invalid indentation", "this line does not fit the indentation above it", ALIGN),
    (
        "document start",
        "something follows the end of the record",
        "one file holds one record: indent it like the lines above",
    ),
    ("document end", "something follows the end of the record", "one file holds one record: remove the `...`"),
    ("recursion limit", "nested too deep", "look for a bracket that is not closed"),
    ("expected whitespace", "a space is missing here", "put a space before it, or the text in quotes"),
];
