//! Text in XML.

use crate::base::turned;
use crate::syntax::markdown::html;

/// A text as the content of an element or an attribute, without the characters that XML has no place for, not even as references,
/// and without those that would turn it around.
pub(super) fn escaped(text: &str) -> String {
    let text = &*turned::plain(text);
    let fits = |c: char| matches!(c, '\n' | '\t') || !(c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}'));
    if text.chars().all(fits) {
        return html::escaped(text);
    }
    html::escaped(&text.chars().filter(|c| fits(*c)).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn what_xml_cannot_say_is_left_out() {
        assert_eq!(escaped("a\u{0}\u{b}\u{1b}\u{85}\u{fffe}\u{ffff}\tb\n<&\">"), "a\tb\n&lt;&amp;&quot;&gt;");
    }
}
