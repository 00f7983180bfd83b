//! What templates can ask of the program: words of the interface, and the pieces that stand hundreds of times on a page.
//!
//! ```text
//! {{ "nav.articles" | word }}                   a word of the interface
//! {{ "ui.tags" | colon }}                       one with its colon, as the language writes it; what follows is the value
//! {{ 3 | count(of="count.articles") }}          one with a number
//! {{ "dossier.css" | asset }}                    the route of an asset from the site's root
//! {{ page.event | link }}                       a NodeLink
//! <p{{ page.tongue | tongue }}>                 `lang` and `dir` of a Tongue, where it is not the page's
//! ```

use std::cell::RefCell;
use std::sync::Arc;

use tera::value::Key;
use tera::{Error, Filter, Kwargs, State, Tera, TeraResult, Value, escape_html};

use super::Assets;
use crate::base::nearest::nearest;
use crate::locale::Locale;

/// Registers all of them.
pub(super) fn register(tera: &mut Tera, locale: &Arc<Locale>, assets: &Arc<Assets>) {
    let words = locale.clone();
    tera.register_filter("word", move |key: &str, _: Kwargs, _: &State| words.word(key).to_owned());
    let words = locale.clone();
    tera.register_filter("colon", move |key: &str, _: Kwargs, _: &State| colon(&words, key));
    let counts = locale.clone();
    tera.register_filter("count", move |number: usize, of: Kwargs, _: &State| -> TeraResult<String> {
        Ok(counts.count(of.must_get::<&str>("of")?, number))
    });
    let assets = assets.clone();
    tera.register_filter("asset", move |name: &str, _: Kwargs, _: &State| asset(&assets, name));
    tera.register_filter("link", Html(link));
    tera.register_filter("tongue", Html(tongue));
}

/// A word with its colon and the space after it.
pub(super) fn colon(locale: &Locale, key: &str) -> String {
    locale.phrase("ui.label", &[("label", locale.word(key)), ("value", "")])
}

fn asset(assets: &Assets, name: &str) -> TeraResult<String> {
    assets.route(name).map(str::to_owned).ok_or_else(|| {
        let near = nearest(name, assets.names()).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        Error::message(format!("there is no asset called `{name}`{near} Your own go into `static/`"))
    })
}

thread_local! {
    /// What a filter writes: a page has hundreds of links, and each is short.
    static HTML: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// A filter that writes HTML.
struct Html(fn(&Value, &mut Vec<u8>) -> TeraResult<()>);

impl Filter<&Value, TeraResult<Value>> for Html {
    fn call(&self, value: &Value, _: Kwargs, _: &State) -> TeraResult<Value> {
        HTML.with_borrow_mut(|html| {
            html.clear();
            (self.0)(value, html)?;
            let html = str::from_utf8(html).map_err(|error| Error::message(error.to_string()))?;
            Ok(Value::safe_string(html))
        })
    }

    fn is_safe(&self) -> bool {
        true
    }
}

fn link(to: &Value, html: &mut Vec<u8>) -> TeraResult<()> {
    let (Some(href), Some(title)) = (text(to, "href"), text(to, "title")) else {
        return Err(Error::message("`link` takes what has a `href` and a `title`"));
    };
    html.extend_from_slice(b"<a href=\"");
    escape_html(href, html)?;
    html.push(b'"');
    if let Some(own) = field(to, "tongue") {
        tongue(own, html)?;
    }
    html.push(b'>');
    escape_html(title, html)?;
    html.extend_from_slice(b"</a>");
    Ok(())
}

/// A text in the page's own language has no Tongue.
fn tongue(of: &Value, html: &mut Vec<u8>) -> TeraResult<()> {
    let (Some(lang), Some(dir)) = (text(of, "lang"), text(of, "dir")) else { return Ok(()) };
    if !lang.is_empty() {
        html.extend_from_slice(b" lang=\"");
        escape_html(lang, html)?;
        html.extend_from_slice(b"\" dir=\"");
        escape_html(dir, html)?;
        html.push(b'"');
    }
    Ok(())
}

fn field<'a>(of: &'a Value, name: &'static str) -> Option<&'a Value> {
    of.as_map()?.get(&Key::Str(name))
}

fn text<'a>(of: &'a Value, name: &'static str) -> Option<&'a str> {
    field(of, name)?.as_str()
}
