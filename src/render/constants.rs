//! What a built-in template says on every page: words of the interface and names of assets are put into it when it is read, and not
//! looked up again on each of thousands of pages. Templates of editors stay as they are, so that their mistakes keep their places.

use tera::escape_html;

use super::Assets;
use super::filters::colon;
use crate::locale::Locale;

/// A template with `{{ "nav.home" | word }}`, `{{ "ui.tags" | colon }}` and `{{ "dossier.css" | asset }}` replaced by what they give.
pub(super) fn put(template: &str, locale: &Locale, assets: &Assets) -> String {
    const OPEN: &str = "{{ \"";
    let mut put = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(at) = rest.find(OPEN) {
        let (before, expression) = rest.split_at(at);
        put.push_str(before);
        match constant(&expression[OPEN.len()..], locale, assets) {
            Some((text, after)) => {
                put.push_str(&text);
                rest = after;
            }
            None => {
                put.push_str(OPEN);
                rest = &expression[OPEN.len()..];
            }
        }
    }
    put + rest
}

/// The HTML of a constant expression, and what stands after it.
fn constant<'a>(expression: &'a str, locale: &Locale, assets: &Assets) -> Option<(String, &'a str)> {
    let (name, rest) = expression.split_once('"')?;
    let (filter, after) = rest.strip_prefix(" | ")?.split_once(" }}")?;
    let text = match filter {
        "word" => locale.word(name).to_owned(),
        "colon" => colon(locale, name),
        "asset" => assets.route(name)?.to_owned(),
        _ => return None,
    };
    let mut html = Vec::new();
    escape_html(&text, &mut html).ok()?;
    let html = String::from_utf8(html).ok()?;
    // A template would read these again.
    (!["{{", "{%", "{#"].iter().any(|open| html.contains(open))).then_some((html, after))
}

#[cfg(test)]
mod tests {
    use super::super::Assets;
    use super::put;
    use crate::base::input::Inputs;
    use crate::locale::Locale;

    #[test]
    fn constants_are_put_in() {
        let (locale, assets) = (Locale::or_english("en"), Assets::of(&Inputs::from_fixture("")));
        let style = assets.route("dossier.css").expect("a style sheet");
        for (template, expected) in [
            (r#"<a>{{ "nav.articles" | word }}</a>{{ x }}"#, "<a>Articles</a>{{ x }}"),
            (r#"{{ "nav.articles" | word }}{{ "dossier.css" | asset }}."#, &format!("Articles{style}.")),
            (r#"{{ "ui.tags" | colon }}"#, "Tags: "),
            (r#"{{ "a.css" | asset }}"#, r#"{{ "a.css" | asset }}"#),
            (r#"{{ "a" | word | capitalize }}{{ "b"#, r#"{{ "a" | word | capitalize }}{{ "b"#),
            (r#"{{ "a" ~ page.b }} {{ page.c | word }}"#, r#"{{ "a" ~ page.b }} {{ page.c | word }}"#),
        ] {
            assert_eq!(put(template, &locale, &assets), expected);
        }
    }
}
