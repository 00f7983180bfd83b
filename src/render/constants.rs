//! What a built-in template says on every page: words of the interface and names of assets are put into it when it is read, and not
//! looked up again on each of thousands of pages. Templates of editors stay as they are, so that their mistakes keep their places.

use tera::escape_html;

use super::Assets;
use super::filters::colon;
use crate::locale::Locale;

/// A template with `{{ "nav.home" | word }}`, `{{ "ui.tags" | colon }}` and `{{ "dossier.css" | asset }}` replaced by what they give,
/// and `{{ "footer.publisher" | word | replace(from="{name}", to=x) }}` by the word around `{{ x }}`.
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
    let html = match filter {
        "word" => html(locale.word(name))?,
        "colon" => html(&colon(locale, name))?,
        "asset" => html(assets.route(name)?)?,
        _ => {
            let (place, value) =
                filter.strip_prefix("word | replace(from=\"")?.strip_suffix(')')?.split_once("\", to=")?;
            filled(locale.word(name), place, value)?
        }
    };
    Some((html, after))
}

/// A word of the interface with a value of the page in its places.
fn filled(word: &str, place: &str, value: &str) -> Option<String> {
    let around = word.split(place).map(html).collect::<Option<Vec<String>>>()?;
    (around.len() > 1).then(|| around.join(&["{{ ", value, " }}"].concat()))
}

/// A text in HTML; nothing for one that a template would read again.
fn html(text: &str) -> Option<String> {
    let mut html = Vec::new();
    escape_html(text, &mut html).ok()?;
    let html = String::from_utf8(html).ok()?;
    let is_read = ["{{", "{%", "{#"].iter().any(|open| html.contains(open)) || html.ends_with('{');
    (!is_read).then_some(html)
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
            (
                r#"<a aria-label="{{ "article.back_to_passage" | word | replace(from="{n}", to=of.number | str) }}">"#,
                r#"<a aria-label="Back to passage {{ of.number | str }}">"#,
            ),
            (
                r#"{{ "nav.home" | word | replace(from="{n}", to=n) }}"#,
                r#"{{ "nav.home" | word | replace(from="{n}", to=n) }}"#,
            ),
            (r#"{{ "a.css" | asset }}"#, r#"{{ "a.css" | asset }}"#),
            (r#"{{ "a" | word | capitalize }}{{ "b"#, r#"{{ "a" | word | capitalize }}{{ "b"#),
            (r#"{{ "a" ~ page.b }} {{ page.c | word }}"#, r#"{{ "a" ~ page.b }} {{ page.c | word }}"#),
        ] {
            assert_eq!(put(template, &locale, &assets), expected);
        }
    }
}
